// Which part of a diagram is seen.

/** Below this scale names cannot be read. */
const READABLE = 0.5;
const COMFORTABLE = 0.8;
/** A whole diagram keeps a little distance from the frame. */
const MARGIN = 0.96;

/** Show all of it, in the middle. */
export function showWhole(viewer) {
  const canvas = viewer.get("canvas");
  canvas.zoom(canvas.zoom("fit-viewport", "auto") * MARGIN, "auto");
}

/** Show all of it if its names can be read then; else the place where the work is, or the beginning. */
export function showWork(viewer, elements) {
  const canvas = viewer.get("canvas");
  showWhole(viewer);
  if (canvas.zoom() >= READABLE) return;
  const shape = shapeOfInterest(viewer.get("elementRegistry"), elements);
  if (!shape) return;
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / COMFORTABLE, outer.height / COMFORTABLE];
  canvas.viewbox({
    x: shape.x + shape.width / 2 - width / 2,
    y: shape.y + shape.height / 2 - height / 2,
    width,
    height,
  });
}

function shapeOfInterest(registry, elements) {
  const isBusy = ([, facts]) => facts.faults > 0 || facts.active > 0 || facts.state === "active";
  const busy = Object.entries(elements).filter(isBusy).map(([id]) => registry.get(id));
  const visible = busy.filter((shape) => shape?.width && !shape.hidden);
  // A container is where its content is; the smallest shape is the most telling one.
  return visible.sort((one, other) => one.width * one.height - other.width * other.height)[0];
}
