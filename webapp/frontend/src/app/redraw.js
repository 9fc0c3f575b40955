// Draws a form again on the server when something depends on what was typed, and puts the answer in place
// without disturbing what the person does meanwhile:
//   <form id="…" data-redraw-url="…" data-reacts>      draw again after each change
//   <button name="_add" data-redraw>                   a row comes or goes
//   <input data-find name="_find.…">                   more choices than are listed: words narrow them
//   <input type="file" data-upload>                    a file is stored and listed
// Without script the same buttons send the form, and the server answers with the whole page.

import { Idiomorph } from "idiomorph";
import { markSaved } from "./forms.js";
import { csrfToken } from "./requests.js";

const PAUSE_MS = 150;

export function redrawForm(form) {
  let pause = 0;
  let version = 0; // of what was typed: an answer to something older is thrown away

  async function redraw(button) {
    clearTimeout(pause);
    if (!form.isConnected) return; // another task took its place
    const sent = ++version;
    const answer = await fetch(form.dataset.redrawUrl, {
      method: "POST",
      body: new FormData(form, button ?? null),
      headers: { "X-CSRF-Token": csrfToken(), "HX-Request": "true", "HX-Target": form.id },
    }).catch(() => null);
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.id);
    if (!fresh) return;
    if (sent !== version) return void ask(button); // typed meanwhile: ask again with that
    put(form, fresh);
    if (button) showRows(form, button);
  }

  const ask = (button) => {
    clearTimeout(pause);
    pause = setTimeout(() => redraw(button), PAUSE_MS);
  };
  const later = () => {
    version += 1;
    ask();
  };
  form.addEventListener("input", ({ target }) => {
    version += 1;
    if (target.matches?.("[data-find]")) ask(); // choices narrow while words are typed
  });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("[data-upload]")) redraw();
    else if ("reacts" in form.dataset) later();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-redraw]");
    if (!button) return;
    event.preventDefault();
    redraw(button);
  });
  form.addEventListener("submit", () => { version += 1; clearTimeout(pause); });
}

function put(form, fresh) {
  Idiomorph.morph(form, fresh.innerHTML, {
    morphStyle: "innerHTML",
    ignoreActiveValue: true,
    callbacks: {
      // What a script put beside a field stays; the field itself tells it what changed.
      beforeNodeRemoved: (node) => !node.dataset?.kept,
      beforeAttributeUpdated: (name, node) => !(node.dataset?.enhanced && ["class", "tabindex", "aria-hidden", "data-enhanced"].includes(name)),
    },
  });
  form.querySelectorAll("[data-upload]").forEach((input) => { input.value = ""; });
  form.dispatchEvent(new CustomEvent("redrawn", { bubbles: true }));
  if (!("draftUrl" in form.dataset)) return;
  markSaved(form); // the draft that follows keeps it
  form.dispatchEvent(new Event("input"));
}

/** After a row came, go to its first field; after one went, to the button that adds one. */
function showRows(form, button) {
  const rows = button.name === "_add" ? button.closest(".rows") : null;
  const list = rows ?? form.querySelector(`.rows button[name="_add"][value="${CSS.escape(button.value.replace(/\[\d+\]$/, ""))}"]`)?.closest(".rows");
  if (!list) return;
  const last = [...list.querySelectorAll("tbody tr, .row-card")].at(-1);
  const field = rows && last?.querySelector("input:not([type=hidden]), select, textarea");
  (field ?? list.querySelector('button[name="_add"]'))?.focus();
}
