// How near and how far one can go.

const SCALES = { min: 0.15, max: 4 };

export function zoomTo(canvas, scale, centre) {
  canvas.zoom(Math.min(SCALES.max, Math.max(SCALES.min, scale)), centre);
}
