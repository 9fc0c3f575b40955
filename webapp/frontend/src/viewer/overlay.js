// Lights the elements in which something is, counts it, and paints where the time goes.

import { words } from "./words.js";

const PLACES = {
  active: { bottom: 11, left: -11 },
  faults: { bottom: 11, right: 11 },
  completed: { top: -11, right: 11 },
  time: { top: -13, left: 0 },
  mark: { top: -13, left: -8 },
};
const HOTTEST = 5;
const CONTAINERS = new Set(["bpmn:Participant", "bpmn:Lane"]);

/** Mark every element named in the overlay; ids that the diagram does not have are older or newer than it. */
export function light(viewer, { elements = {}, heat = {} }, legend, host) {
  const pencil = new Pencil(viewer);
  const kinds = "showCompleted" in host.dataset ? ["active", "faults", "completed"] : ["active", "faults"];
  const shown = new Set();
  for (const { id } of viewer.get("elementRegistry").filter((one) => CONTAINERS.has(one.type))) pencil.mark(id, "is-container");
  for (const [id, facts] of Object.entries(elements)) {
    if (!pencil.has(id)) continue;
    mark(pencil, id, facts).forEach((state) => shown.add(state));
    for (const kind of kinds) if (facts[kind] > 0) pencil.badge(id, kind, facts[kind], `${facts[kind]} ${words[kind]}`);
  }
  for (const [id, { level, text }] of Object.entries(heat)) {
    if (!pencil.has(id)) continue;
    pencil.mark(id, `is-heat-${level}`);
    pencil.badge(id, "time", text, text);
  }
  if (pencil.has(host.dataset.selected)) pencil.mark(host.dataset.selected, "is-selected");
  explain(legend, ["active", "faults", "completed"].filter((kind) => shown.has(kind)), Object.keys(heat).length > 0);
  return () => pencil.rub();
}

/** Mark what somebody chose, {id: {kind, text}}; returns what takes the marks away. */
export function markOut(viewer, marks) {
  const pencil = new Pencil(viewer);
  for (const [id, { kind, text }] of Object.entries(marks)) {
    if (!pencil.has(id)) continue;
    pencil.mark(id, `is-${kind}`);
    if (text) pencil.badge(id, "mark", text, text);
  }
  return () => pencil.rub();
}

/** Marks and badges that can be taken away again. */
class Pencil {
  #marks = [];
  #badges = [];

  constructor(viewer) {
    this.canvas = viewer.get("canvas");
    this.overlays = viewer.get("overlays");
    this.registry = viewer.get("elementRegistry");
  }

  has(id) {
    return Boolean(this.registry.get(id));
  }

  mark(id, name) {
    this.canvas.addMarker(id, name);
    this.#marks.push([id, name]);
  }

  badge(id, kind, text, title) {
    const badge = document.createElement("span");
    badge.className = `diagram-badge is-${kind}`;
    badge.textContent = text;
    badge.title = title;
    const look = { position: PLACES[kind], html: badge, scale: { min: 0.8, max: 1.4 } };
    this.#badges.push(this.overlays.add(id, `count-${kind}`, look));
  }

  rub() {
    this.#marks.forEach(([id, name]) => this.canvas.removeMarker(id, name));
    this.#badges.forEach((badge) => this.overlays.remove(badge));
  }
}

function mark(pencil, id, { state, active = 0, completed = 0, faults = 0 }) {
  const states = [];
  if (faults > 0) states.push("faults");
  if (active > 0 || state === "active") states.push("active");
  else if (completed > 0 || state === "completed") states.push("completed");
  if (state && state !== "active" && state !== "completed") pencil.mark(id, `is-${state}`);
  for (const one of states) pencil.mark(id, `is-${one}`);
  return states;
}

function explain(legend, kinds, hasHeat) {
  legend.replaceChildren(...kinds.map((kind) => line(`is-${kind}`, words[kind])), ...(hasHeat ? scale() : []));
  legend.hidden = legend.childElementCount === 0;
}

function scale() {
  return Array.from({ length: HOTTEST }, (_, index) =>
    line(`is-heat-${index + 1}`, index === 0 ? words.less : index === HOTTEST - 1 ? words.more : ""));
}

function line(className, text) {
  const item = document.createElement("li");
  item.className = className;
  item.textContent = text;
  return item;
}
