// Paints what differs on two diagrams side by side; they move and zoom together.
//   <div data-pair data-marks='{"Task_1": "changed"}'> two × <div data-source="…"> </div>

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { inLanguage } from "./viewer/language.js";

for (const pair of document.querySelectorAll("[data-pair]")) paint(pair);

async function paint(pair) {
  const marks = JSON.parse(pair.dataset.marks);
  const viewers = await Promise.all([...pair.querySelectorAll("[data-source]")].map((host) => draw(host, marks)));
  const shown = viewers.filter(Boolean);
  for (const viewer of shown) follow(viewer, shown);
  answerClicks(pair, shown);
  pair.dataset.isDrawn = "yes";
}

async function draw(host, marks) {
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  try {
    const source = await (await fetch(host.dataset.source)).text();
    await viewer.importXML(inLanguage(source, document.documentElement.lang));
  } catch (error) {
    console.warn(error); // a draft that cannot be read; its problems are listed above
    host.textContent = "–";
    return null;
  }
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  const registry = viewer.get("elementRegistry");
  for (const [id, mark] of Object.entries(marks)) if (registry.get(id)) canvas.addMarker(id, `is-${mark}`);
  return viewer;
}

let isFollowing = false;

function follow(viewer, all) {
  viewer.on("canvas.viewbox.changed", ({ viewbox: { x, y, width, height } }) => {
    if (isFollowing) return;
    isFollowing = true;
    for (const other of all) if (other !== viewer) other.get("canvas").viewbox({ x, y, width, height });
    isFollowing = false;
  });
}

/** A change in the list leads to its element on the diagrams. */
function answerClicks(pair, viewers) {
  for (const item of pair.parentElement.querySelectorAll("[data-change-element]")) {
    item.addEventListener("click", () => {
      for (const viewer of viewers) {
        const element = viewer.get("elementRegistry").get(item.dataset.changeElement);
        if (element) viewer.get("canvas").scrollToElement(element, 80);
      }
    });
  }
}
