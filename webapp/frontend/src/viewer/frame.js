// What stands around the drawing: zoom buttons, legend, keyboard.

import { words } from "./words.js";
import { zoomTo } from "./zoom.js";

const STEP = 1.25;
const PIXELS = 60;
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Put canvas, buttons and legend into `host`, before the fallback list of the server. */
export function frame(host) {
  const box = element("div", "diagram-frame");
  const canvas = element("div", "diagram-canvas");
  const buttons = element("div", "diagram-tools");
  const legend = element("ul", "diagram-legend");
  legend.hidden = true;
  // The picture has the name; as role=img it would hide what can be focused in it from screen readers.
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", host.getAttribute("aria-label") ?? words.keys);
  canvas.title = "";
  host.removeAttribute("role");
  box.append(canvas, buttons, legend);
  host.prepend(box);
  return { canvas, legend, tools: (viewer, sight) => addTools(viewer, buttons, canvas, sight) };
}

function addTools(viewer, buttons, container, sight) {
  const canvas = viewer.get("canvas");
  const zoom = (factor) => zoomTo(canvas, canvas.zoom() * factor);
  const [showWhole, showWork] = [() => sight.showWhole(), () => sight.showWork()];
  buttons.append(
    button("+", words.zoomIn, () => zoom(STEP)),
    button("−", words.zoomOut, () => zoom(1 / STEP)),
    button("⤢", words.whole, showWhole),
    button("◎", words.work, showWork),
  );
  const keys = { "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), 0: showWhole, Home: showWork };
  for (const [key, [x, y]] of Object.entries(ARROWS)) keys[key] = () => canvas.scroll({ dx: x * PIXELS, dy: y * PIXELS });
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  // The wheel scrolls the page until somebody has turned to the diagram.
  const wheel = viewer.get("zoomScroll");
  container.addEventListener("focusin", () => wheel.toggle(true));
  container.addEventListener("focusout", () => wheel.toggle(false));
}

function button(sign, title, action) {
  const made = element("button", "diagram-button");
  made.type = "button";
  made.textContent = sign;
  made.title = title;
  made.setAttribute("aria-label", title);
  made.addEventListener("click", action);
  return made;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
