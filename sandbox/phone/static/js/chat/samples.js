// Files that the page makes itself, so that one tap is enough to send one.

import { petals } from "../bubbles/drawings.js";
import { oggSilence } from "./ogg.js";

const SECONDS = 3; // of the sample voice note

const canvas = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

const blobOf = (drawn, type) =>
  new Promise((resolve, reject) => {
    drawn.toBlob((blob) => (blob?.type === type ? resolve(blob) : reject(new Error(`This browser cannot make a file of type ${type}.`))), type, 0.9);
  });

/** A photo: hills in the evening, another one each time. */
export function photo() {
  const drawn = canvas(960, 640);
  const pen = drawn.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 460);
  for (const [at, colour] of [[0, "#3a2f7d"], [0.45, "#a8588c"], [0.75, "#ef9a6b"], [1, "#f7c978"]]) sky.addColorStop(at, colour);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 960, 640);
  pen.fillStyle = "#fff3d0";
  pen.beginPath();
  pen.arc(240 + Math.random() * 480, 330, 62, 0, 7);
  pen.fill();
  for (const [base, colour] of [[410, "#6a4a93"], [480, "#443581"], [550, "#251c58"]]) hill(pen, base, colour);
  return blobOf(drawn, "image/jpeg");
}

function hill(pen, base, colour) {
  const [swing, shift] = [40 + Math.random() * 40, Math.random() * 7];
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(0, 640);
  for (let x = 0; x <= 960; x += 24) pen.lineTo(x, base - swing * Math.sin(x / 170 + shift) - 14 * Math.sin(x / 53 + shift));
  pen.lineTo(960, 640);
  pen.fill();
}

/** A sticker: a marigold. */
export function sticker() {
  const drawn = canvas(512, 512);
  const pen = drawn.getContext("2d");
  for (const [x, y, radius, colour] of petals()) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(256 + x * 5, 256 + y * 5, radius * 5, 0, 7);
    pen.fill();
  }
  return blobOf(drawn, "image/webp");
}

/** A voice note in which nothing is said. */
export const voiceNote = () => new Blob([oggSilence(SECONDS)], { type: "audio/ogg" });

/** A document: a page of PDF that says what it is. */
export function salarySlip(name) {
  // The fonts that every reader has know no other letters.
  const bearer = /^[\x20-\x7e]+$/.test(name) ? name : "the bearer";
  const lines = [[22, "Salary slip"], [13, `for ${bearer}`], [13, "Basic pay    38,000.00"], [13, "Allowances    9,500.00"], [13, "Paid out    45,200.00"], [10, "A sample made by the sandbox: it proves nothing."]];
  const said = lines.map(([size, words], place) => `BT /F1 ${size} Tf 60 ${760 - place * 34} Td (${words.replaceAll(/[\\()]/g, "\\$&")}) Tj ET`).join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Length ${said.length} >>\nstream\n${said}\nendstream`,
  ];
  let text = "%PDF-1.4\n";
  const starts = objects.map((object, place) => {
    const start = text.length;
    text += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Blob([text], { type: "application/pdf" });
}
