// The buttons above the diagram, and keys that must work right after the panel was used.

import { fit } from "./fit.js";

export function setUpTools(host, modeler) {
  const actions = modeler.get("editorActions");
  const buttons = {
    undo: () => actions.trigger("undo"),
    redo: () => actions.trigger("redo"),
    // Later: the search closes at a click beside it, and this click is one.
    find: () => setTimeout(() => actions.trigger("find")),
    fit: () => fit(modeler),
    simulate: (button) => simulate(modeler, button),
  };
  for (const [name, action] of Object.entries(buttons)) {
    const button = host.querySelector(`[data-do=${name}]`);
    button.addEventListener("click", () => action(button));
  }
  const [undo, redo] = ["undo", "redo"].map((name) => host.querySelector(`[data-do=${name}]`));
  const stack = modeler.get("commandStack");
  const refresh = () => {
    undo.disabled = !stack.canUndo();
    redo.disabled = !stack.canRedo();
  };
  modeler.on(["commandStack.changed", "import.done"], refresh);
  refresh();
  // The key T switches the simulation too.
  const simulating = host.querySelector("[data-do=simulate]");
  modeler.on("tokenSimulation.toggleMode", ({ active }) => simulating.setAttribute("aria-pressed", String(active)));
  host.querySelector("[data-panel]").addEventListener("keydown", (event) => answerKey(event, actions));
}

function simulate(modeler, button) {
  modeler.get("toggleMode").toggleMode(button.getAttribute("aria-pressed") !== "true");
}

/** In a text field the keys belong to the text; anywhere else in the panel they mean the diagram. */
function answerKey(event, actions) {
  const isText = event.target.closest("input:not([type=checkbox]), textarea, [contenteditable]");
  if (isText || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  const action = key === "z" ? (event.shiftKey ? "redo" : "undo") : { y: "redo", c: "copy", v: "paste", f: "find" }[key];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  actions.trigger(action);
}
