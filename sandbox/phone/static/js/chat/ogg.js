// A voice note as WhatsApp sends them: Opus in Ogg (RFC 7845, RFC 3533). Nothing is said in it.

const RATE = 48000; // samples a second that Opus counts in, whatever was recorded
const FRAME = 960; // samples of a packet of 20 ms
const SILENCE = [0xf8, 0xff, 0xfe]; // such a packet, mono
const SKIPPED = 312; // samples at the start that a player leaves out
const PACKETS = 50; // a page: one second

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

const letters = (text) => [...text].map((letter) => letter.charCodeAt(0));
const small = (value, bytes) => Array.from({ length: bytes }, (_, place) => Math.floor(value / 256 ** place) % 256);

const FIRST = 2;
const LAST = 4;

function page(kind, position, serial, number, packets) {
  const body = packets.flat();
  const bytes = Uint8Array.from([
    ...letters("OggS"), 0, kind, ...small(position, 8), ...small(serial, 4), ...small(number, 4), 0, 0, 0, 0,
    packets.length, ...packets.map((packet) => packet.length), ...body,
  ]);
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ TABLE[(sum >>> 24) ^ byte]) >>> 0;
  bytes.set(small(sum, 4), 22);
  return bytes;
}

/** So many seconds of silence, as the bytes of a file. */
export function oggSilence(seconds) {
  const serial = Math.floor(Math.random() * 2 ** 32);
  const head = [...letters("OpusHead"), 1, 1, ...small(SKIPPED, 2), ...small(RATE, 4), 0, 0, 0];
  const maker = letters("sutradhar");
  const tags = [...letters("OpusTags"), ...small(maker.length, 4), ...maker, ...small(0, 4)];
  const pages = [page(FIRST, 0, serial, 0, [head]), page(0, 0, serial, 1, [tags])];
  for (let second = 1; second <= seconds; second += 1) {
    const packets = Array.from({ length: PACKETS }, () => SILENCE);
    pages.push(page(second === seconds ? LAST : 0, second * PACKETS * FRAME, serial, second + 1, packets));
  }
  return Uint8Array.from(pages.flatMap((bytes) => [...bytes]));
}
