// Times in the reader's own zone: "3 hours ago" up to a week, then a date; the exact time on hover.

const root = document.documentElement;
const language = root.lang === "en" ? "en-GB" : root.lang; // "22 November 2026", as the server says it
const timeZone = root.dataset.zone || undefined;
const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone });
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function wording(then, now) {
  const seconds = Math.round((then - now) / 1000);
  const age = Math.abs(seconds);
  if (age < MINUTE) return words.now || relative.format(0, "minute");
  if (age < HOUR) return relative.format(Math.trunc(seconds / MINUTE), "minute");
  if (age < DAY) return relative.format(Math.trunc(seconds / HOUR), "hour");
  if (age < 7 * DAY) return relative.format(Math.trunc(seconds / DAY), "day");
  return date.format(then);
}

export function refresh(within = document) {
  const now = Date.now();
  for (const time of within.querySelectorAll("time[datetime*=T]")) {
    const then = new Date(time.dateTime);
    if (Number.isNaN(then.getTime())) continue;
    const text = wording(then, now);
    if (time.textContent !== text) time.textContent = text;
    if (!time.title) time.title = exact.format(then);
  }
}

refresh();
document.addEventListener("courtyard:applied", (event) => refresh(event.detail?.root ?? document));
document.addEventListener("visibilitychange", () => document.hidden || refresh());
setInterval(() => document.hidden || refresh(), 60_000);
