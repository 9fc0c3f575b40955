// The decision editor: dmn-js with its views as buttons, and a drawer that tries a decision on the server.

import Modeler from "dmn-js/lib/Modeler";
import { drawer, ready, startEditor } from "./editor/shell.js";
import { words } from "./editor/words.js";
import { TryIt } from "./dmn/try.js";
import { translate } from "./modeller/translate.js";

const host = document.getElementById("editor");
const translated = { additionalModules: [{ translate: ["value", translate] }] };
const modeler = new Modeler({
  container: host.querySelector("[data-canvas]"),
  drd: translated,
  decisionTable: translated,
  literalExpression: translated,
  boxedExpression: translated,
});

async function open(content) {
  await modeler.importXML(content);
  drawViews();
}

const read = async () => (await modeler.saveXML({ format: true })).xml;

function settle() {
  if (host.querySelector("[data-canvas]").contains(document.activeElement)) document.activeElement.blur();
}

/** Lead to the decision that has, or whose table has, an element with this id. */
async function show(id) {
  const view = modeler.getViews().find(({ element }) => contains(element, id));
  if (!view) return;
  await modeler.open(view);
  host.querySelector(`[data-element-id="${CSS.escape(id)}"], [data-row-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
}

function contains(element, id) {
  if (element.id === id) return true;
  const table = element.decisionLogic;
  if (!table) return false;
  const parts = [table, ...(table.input ?? []), ...(table.output ?? []), ...(table.rule ?? [])];
  const cells = (table.rule ?? []).flatMap((rule) => [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])]);
  return [...parts, ...cells].some((part) => part.id === id);
}

function drawViews() {
  const active = modeler.getActiveView();
  const buttons = modeler.getViews().map((view) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small";
    button.textContent = view.type === "drd" ? words.graph : view.name || view.id;
    if (view.element === active?.element) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => modeler.open(view));
    return button;
  });
  host.querySelector("[data-views]").replaceChildren(...buttons);
}

const { draft } = await startEditor({ open, read, show, settle });
const watched = new WeakSet();

/** Each view has an editor of its own, made when it is first opened. */
function watch() {
  drawViews();
  host.querySelector(".tjs-table th.index-column")?.setAttribute("aria-label", words.number);
  const viewer = modeler.getActiveViewer();
  if (!viewer || watched.has(viewer)) return;
  watched.add(viewer);
  viewer.on("elements.changed", () => draft.touch());
}

modeler.on("views.changed", watch);
watch();
host.querySelector("[data-canvas]").addEventListener("input", () => draft.touch());
const trying = new TryIt(host, { read, show });
drawer(host, "try", async (side) => {
  settle();
  await trying.draw(side);
});
ready(host);
