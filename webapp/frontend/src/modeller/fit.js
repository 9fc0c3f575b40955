// The whole diagram in sight, beside the palette and not under it.

const AROUND = 16;

export function fit(modeler) {
  const canvas = modeler.get("canvas");
  canvas.zoom(1); // measures the diagram anew
  const { inner, outer } = canvas.viewbox();
  const palette = canvas.getContainer().querySelector(".djs-palette"); // has two columns where there is little height
  const left = palette ? palette.offsetLeft + palette.offsetWidth + AROUND : AROUND;
  const room = { width: outer.width - left - AROUND, height: outer.height - 2 * AROUND };
  const scale = Math.min(room.width / inner.width, room.height / inner.height, 1);
  if (!Number.isFinite(scale) || scale <= 0) return;
  canvas.viewbox({
    x: inner.x - left / scale, y: inner.y - AROUND / scale, width: outer.width / scale, height: outer.height / scale,
  });
}
