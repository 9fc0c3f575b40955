// Lights the elements in which something is, and counts it.

import { words } from "./words.js";

const PLACES = {
  active: { bottom: 11, left: -11 },
  faults: { bottom: 11, right: 11 },
  completed: { top: -11, right: 11 },
};

const CONTAINERS = new Set(["bpmn:Participant", "bpmn:Lane"]);

/** Mark every element named in `elements`; ids that the diagram does not have are older or newer than it. */
export function light(viewer, elements, legend, host) {
  const registry = viewer.get("elementRegistry");
  const kinds = "showCompleted" in host.dataset ? ["active", "faults", "completed"] : ["active", "faults"];
  const shown = new Set();
  for (const { id } of registry.filter((one) => CONTAINERS.has(one.type))) {
    viewer.get("canvas").addMarker(id, "is-container");
  }
  for (const [id, facts] of Object.entries(elements)) {
    if (!registry.get(id)) continue;
    mark(viewer, id, facts).forEach((state) => shown.add(state));
    for (const kind of kinds) if (facts[kind] > 0) addBadge(viewer, id, kind, facts[kind]);
  }
  if (registry.get(host.dataset.selected)) viewer.get("canvas").addMarker(host.dataset.selected, "is-selected");
  explain(legend, ["active", "faults", "completed"].filter((kind) => shown.has(kind)));
}

function mark(viewer, id, { state, active = 0, completed = 0, faults = 0 }) {
  const states = [];
  if (faults > 0) states.push("faults");
  if (active > 0 || state === "active") states.push("active");
  else if (completed > 0 || state === "completed") states.push("completed");
  if (state && state !== "active" && state !== "completed") viewer.get("canvas").addMarker(id, `is-${state}`);
  for (const one of states) viewer.get("canvas").addMarker(id, `is-${one}`);
  return states;
}

function addBadge(viewer, id, kind, count) {
  const badge = document.createElement("span");
  badge.className = `diagram-badge is-${kind}`;
  badge.textContent = count;
  badge.title = `${count} ${words[kind]}`;
  viewer.get("overlays").add(id, `count-${kind}`, {
    position: PLACES[kind],
    html: badge,
    scale: { min: 0.8, max: 1.4 },
  });
}

function explain(legend, kinds) {
  legend.replaceChildren(...kinds.map((kind) => {
    const item = document.createElement("li");
    item.className = `is-${kind}`;
    item.textContent = words[kind];
    return item;
  }));
  legend.hidden = kinds.length === 0;
}
