// What every page needs, small: every page works without it, only less comfortably.

import "./app/requests.js";
import "./app/inbox.js";
import { insertText } from "./app/canned.js";
import { makeSearchable } from "./app/combobox.js";
import { keepDraft } from "./app/draft.js";
import { focusErrors } from "./app/errors.js";
import { prepareForm } from "./app/forms.js";
import { redrawForm } from "./app/redraw.js";
import { keepRelative } from "./app/times.js";

/** Set up what is inside `root`: the page, or a part of it that htmx has just put in. */
function prepare(root) {
  const each = (selector, action) => {
    if (root.matches?.(selector)) action(root);
    root.querySelectorAll(selector).forEach(action);
  };
  each("form", prepareForm);
  each("form[data-draft-url]", keepDraft);
  each("form[data-redraw-url]", redrawForm);
  each("select[data-combobox]", makeSearchable);
  each("[data-error-summary]", focusErrors);
  each("[data-insert-text]", insertText);
  each("time[data-relative]", keepRelative);
  each("[data-bpmn-viewer]", drawWhenSeen);
  each("[data-live]", (part) => import("./monitor/live.js").then(({ keepLive }) => keepLive(part)));
  each("[data-replay]", (bar) => import("./monitor/replay.js").then(({ prepareReplay }) => prepareReplay(bar)));
  each("form[data-modifies]", (form) => import("./monitor/choosing.js").then(({ chooseOnDiagram }) => chooseOnDiagram(form)));
  each("form[data-maps]", (form) => import("./monitor/choosing.js").then(({ showMapping }) => showMapping(form)));
}

/** Load the diagram viewer only when a diagram comes into sight; most pages never need it. */
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    import("./viewer.js").then(({ draw }) => draw(target));
  }
}, { rootMargin: "200px" });

function drawWhenSeen(host) {
  seen.observe(host);
}

prepare(document);
document.addEventListener("redrawn", ({ target }) => target.querySelectorAll("select[data-combobox]").forEach(makeSearchable));
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) prepare(event.detail.elt);
});
