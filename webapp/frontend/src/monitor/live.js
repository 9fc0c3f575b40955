// Keeps a part of a page as things stand now: <div id="…" data-live="8"> asks its own address again every so many
// seconds, with the mark of what it has (ETag); the server answers 304 or the part. Nothing moves under the reader's
// hands: focus, what is typed, ticked, folded or selected stays, hidden pages do not ask, and a button stops it.

import { Idiomorph } from "idiomorph";

const LIVE = "X-Live";
const STOPPED = "live-updates-stopped";
/** What belongs to the reader, not to the server. */
const KEPT = new Set(["open", "checked", "aria-busy", "data-is-drawn", "data-is-replaying", "role"]);

export function keepLive(part) {
  const seconds = Number(part.dataset.live) || 8;
  const toggle = document.querySelector(`[data-live-toggle="${part.id}"]`);
  let mark = "";
  let isAsking = false;

  async function ask() {
    if (isAsking || document.hidden || isStopped() || isInUse(part)) return;
    isAsking = true;
    const headers = { [LIVE]: part.id, ...(mark && { "If-None-Match": mark }) };
    const answer = await fetch(location.href, { headers, cache: "no-store" }).catch(() => null);
    isAsking = false;
    if (!answer?.ok || answer.redirected || !part.isConnected) return; // 304, offline, logged out: what is there stays
    const html = await answer.text();
    const isFirst = !mark;
    mark = answer.headers.get("ETag") ?? "";
    if (isInUse(part)) return void (mark = "");
    put(part, html);
    part.dispatchEvent(new CustomEvent("part-renewed", { bubbles: true, detail: { isFirst } }));
  }

  const timer = setInterval(() => (part.isConnected ? ask() : clearInterval(timer)), seconds * 1000);
  document.addEventListener("visibilitychange", ask);
  if (toggle) offerToStop(toggle, ask);
}

function put(part, html) {
  Idiomorph.morph(part, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: true,
    callbacks: {
      beforeNodeRemoved: (node) => !node.classList?.contains("diagram-frame"),
      beforeAttributeUpdated: (name) => !KEPT.has(name),
      beforeNodeMorphed: (node) => !node.hasAttribute?.("data-replay"),
    },
  });
  for (const host of part.querySelectorAll("[data-bpmn-viewer]:not([data-is-replaying])")) {
    host.dispatchEvent(new CustomEvent("diagram-refresh"));
  }
}

/** Somebody marks text to copy it, or has a list of choices open. */
function isInUse(part) {
  const selection = getSelection();
  const isMarking = selection && !selection.isCollapsed && part.contains(selection.anchorNode);
  return isMarking || (part.contains(document.activeElement) && document.activeElement.matches("select"));
}

const isStopped = () => sessionStorage.getItem(STOPPED) === "yes";

function offerToStop(toggle, ask) {
  const show = () => toggle.setAttribute("aria-pressed", String(!isStopped()));
  toggle.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    if (isStopped()) sessionStorage.removeItem(STOPPED);
    else sessionStorage.setItem(STOPPED, "yes");
    show();
    ask();
  });
}
