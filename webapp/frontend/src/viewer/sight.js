// Which part of a diagram is seen, at first and when the window changes.

/** Below this scale names cannot be read. */
const READABLE = 0.62;
const COMFORTABLE = 0.85;
/** A whole diagram keeps a little distance from the frame. */
const MARGIN = 0.96;
const EDGE = 24;
/** The buttons cover so much of the right side. */
const TOOLS = 52;

export class Sight {
  #canvas;
  #registry;
  #overlay = { elements: {} };
  #isOurs = false;
  /** What is shown until the reader moves the diagram: it is shown again when the frame changes its size. */
  #chosen = null;

  constructor(viewer, container) {
    this.#canvas = viewer.get("canvas");
    this.#registry = viewer.get("elementRegistry");
    viewer.on("canvas.viewbox.changing", () => { if (!this.#isOurs) this.#chosen = null; });
    let size = `${container.clientWidth}x${container.clientHeight}`;
    new ResizeObserver(() => {
      const now = `${container.clientWidth}x${container.clientHeight}`;
      if (now === size || !container.clientWidth) return;
      size = now;
      this.#fitAgain();
    }).observe(container);
  }

  /** Show all of it, in the middle. */
  showWhole() {
    this.#choose(() => this.#fit());
  }

  /** Show all of it if its names can be read then; else the place where the work is, ended or began. */
  showWork(overlay = this.#overlay) {
    this.#overlay = overlay;
    this.#choose(() => {
      this.#fit();
      const shape = this.#canvas.zoom() < READABLE && shapeOfInterest(this.#registry, overlay);
      if (shape) this.#centre(shape, COMFORTABLE);
    });
  }

  /** Move the diagram so far that the element is seen. */
  bringIn(id) {
    this.bringInOneOf([id]);
  }

  /** Move it so far that one of the elements is seen, the first if none is. */
  bringInOneOf(ids) {
    const shapes = ids.map((id) => this.#registry.get(id)).filter((shape) => shape?.width);
    const { x, y, width, height, scale } = this.#canvas.viewbox();
    const isSeen = (shape) => shape.x > x && shape.y > y && shape.x + shape.width < x + width && shape.y + shape.height < y + height;
    if (shapes.length && !shapes.some(isSeen)) this.#ours(() => this.#centre(shapes[0], scale));
  }

  #choose(show) {
    this.#chosen = show;
    this.#ours(show);
  }

  #ours(action) {
    this.#isOurs = true;
    try {
      action();
    } finally {
      this.#isOurs = false;
    }
  }

  /** After a turn of the phone: the same view again, or what the reader had in the middle. */
  #fitAgain() {
    const { x, y, width, height, scale } = this.#canvas.viewbox();
    this.#ours(() => {
      this.#canvas.resized();
      if (this.#chosen) this.#chosen();
      else this.#centre({ x, y, width, height }, scale);
    });
  }

  #fit() {
    const scale = this.#canvas.zoom("fit-viewport", "auto") * MARGIN;
    const { inner, outer } = this.#canvas.viewbox();
    this.#canvas.zoom(Math.min(scale, (outer.width - 2 * TOOLS) / inner.width), "auto");
  }

  #centre(shape, scale) {
    const { inner, outer } = this.#canvas.viewbox();
    const [width, height] = [outer.width / scale, outer.height / scale];
    this.#canvas.viewbox({
      x: within(shape.x + shape.width / 2 - width / 2, inner.x, inner.width, width),
      y: within(shape.y + shape.height / 2 - height / 2, inner.y, inner.height, height),
      width,
      height,
    });
  }
}

/** Keep a view of `size` on what is drawn from `start` on, so that no empty paper is seen beside it. */
function within(wanted, start, length, size) {
  if (length <= size) return start + length / 2 - size / 2;
  return Math.max(start - EDGE, Math.min(wanted, start + length - size + EDGE));
}

/** Where something waits or is stuck; else where it ended or came last; else where it begins. */
function shapeOfInterest(registry, { elements, focus }) {
  const shapes = (isWanted) => Object.entries(elements)
    .filter(([, facts]) => isWanted(facts))
    .map(([id]) => registry.get(id))
    .filter((shape) => shape?.width && !shape.hidden);
  const busy = shapes(({ faults, active, state }) => faults > 0 || active > 0 || state === "active");
  // A container is where its content is; the smallest shape is the most telling one.
  if (busy.length) return busy.sort((one, other) => one.width * one.height - other.width * other.height)[0];
  if (registry.get(focus)?.width) return registry.get(focus);
  const done = shapes(({ completed, state }) => completed > 0 || state === "completed");
  const ends = done.filter((shape) => shape.type === "bpmn:EndEvent");
  const last = (ends.length ? ends : done).sort((one, other) => other.x - one.x)[0];
  return last ?? registry.filter((shape) => shape.type === "bpmn:StartEvent").sort((one, other) => one.x - other.x)[0];
}
