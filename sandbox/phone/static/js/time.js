// Times as people read them. All take seconds since the epoch.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const exact = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const long = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const date = (seconds) => new Date(seconds * 1000);
const dayOf = (seconds) => date(seconds).toDateString();

export const hourMinute = (seconds) => clock.format(date(seconds));
export const hourMinuteSecond = (seconds) => exact.format(date(seconds));
export const shortDay = (seconds) => day.format(date(seconds));
export const dayAndTime = (seconds) => `${shortDay(seconds)}, ${hourMinute(seconds)}`;
export const sameDay = (one, other) => dayOf(one) === dayOf(other);

/** "Today", "Yesterday", or the day's name, seen from `now`. */
export function dayName(seconds, now) {
  if (sameDay(seconds, now)) return "Today";
  if (sameDay(seconds, now - 86400)) return "Yesterday";
  return long.format(date(seconds));
}

/** A length of time in at most two units: "2 d 3 h", "14 min", "8 s". */
export function span(seconds) {
  const left = Math.max(0, Math.round(seconds));
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => left >= size);
  if (first < 0) return "0 s";
  const [name, size] = units[first];
  const whole = Math.floor(left / size);
  const next = units[first + 1];
  const rest = next ? Math.floor((left - whole * size) / next[1]) : 0;
  return rest && name !== "min" ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}

/** How far a clock was moved: "1 hour", "24 hours", "2 days". */
export function leap(seconds) {
  const hours = Math.round(seconds / 360) / 10;
  if (hours >= 48 && hours % 24 === 0) return `${hours / 24} days`;
  return hours === 1 ? "1 hour" : `${hours} hours`;
}
