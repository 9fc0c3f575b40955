// Keeps "3 minutes ago" true while a page stays open: <time datetime="…" data-relative>.
// The server wrote the first text, by its clock; we only move on from there.

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]];
const STEP_MS = 60_000;
const language = document.documentElement.lang || "id";
const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const loadedAt = Date.now();
const serverNow = Date.parse(document.querySelector("meta[name=server-time]")?.content ?? "") || loadedAt;

export function keepRelative(element) {
  const timer = setInterval(() => {
    if (!element.isConnected) return clearInterval(timer);
    element.textContent = words((Date.parse(element.dateTime) - (serverNow + Date.now() - loadedAt)) / 1000);
  }, STEP_MS);
}

function words(seconds) {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  return format.format(Math.round(seconds / size), unit);
}
