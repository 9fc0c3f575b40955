// Fingers: one moves the diagram, two zoom it. The mouse is bpmn-js's own affair.

import { zoomTo } from "./zoom.js";

export function answerTouch(viewer, container) {
  const canvas = viewer.get("canvas");
  const fingers = new Map();

  container.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") fingers.set(event.pointerId, placeOf(event));
  });
  container.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(before, now, other);
    else canvas.scroll({ dx: now.x - before.x, dy: now.y - before.y });
    fingers.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => fingers.delete(event.pointerId));
  }

  function pinch(before, now, other) {
    const { left, top } = container.getBoundingClientRect();
    const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
    zoomTo(canvas, canvas.zoom() * (distance(now, other) / Math.max(1, distance(before, other))), middle);
    canvas.scroll({ dx: (now.x - before.x) / 2, dy: (now.y - before.y) / 2 });
  }
}

const placeOf = ({ clientX, clientY }) => ({ x: clientX, y: clientY });
const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
