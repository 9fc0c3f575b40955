// The form editor: form-js, with the texts of the second language in its panel, and a preview drawn by our own renderer.

import { FormEditor } from "@bpmn-io/form-js-editor";
import { csrfToken } from "./app/csrf.js";
import { drawer, ready, startEditor } from "./editor/shell.js";
import { words } from "./editor/words.js";
import { withoutAdditions } from "./form-editor/additions.js";
import { SecondLanguageModule } from "./form-editor/second-language.js";

const host = document.getElementById("editor");
const editor = new FormEditor({
  container: host.querySelector("[data-canvas]"),
  additionalModules: [SecondLanguageModule],
});
let original = { text: "{}", schema: {}, asSaved: "", opened: {} };

async function open(text) {
  const schema = JSON.parse(text);
  await editor.importSchema(schema);
  const opened = editor.saveSchema();
  original = { text, schema, asSaved: JSON.stringify(opened), opened };
}

/** The file as it was while nothing changed; else the form, its keys in the order of the file. */
async function read() {
  const schema = editor.saveSchema();
  if (JSON.stringify(schema) === original.asSaved) return original.text;
  return `${JSON.stringify(withoutAdditions(schema, original), null, 2)}\n`;
}

function settle() {
  if (host.querySelector("[data-canvas]").contains(document.activeElement)) document.activeElement.blur();
}

function show(id) {
  const fields = editor.get("formFieldRegistry").getAll();
  const field = fields.find((one) => one.id === id || one.key === id || one.path === id);
  if (field) editor.get("selection").set(field);
}

const { draft } = await startEditor({ open, read, show, settle });
editor.on("changed", () => draft.touch());
host.querySelector("[data-canvas]").addEventListener("input", () => draft.touch());
for (const name of ["undo", "redo"]) {
  host.querySelector(`[data-do=${name}]`).addEventListener("click", () => editor.get("editorActions").trigger(name));
}
const preview = drawer(host, "preview", async (side) => {
  settle();
  try {
    const headers = { "X-CSRF-Token": csrfToken() };
    const answer = await fetch(host.dataset.previewUrl, { method: "POST", body: await read(), headers });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    side.replaceChildren(...page.body.childNodes);
  } catch {
    side.textContent = words.offline;
  }
});
draft.addEventListener("saved", () => preview.refresh());
ready(host);
