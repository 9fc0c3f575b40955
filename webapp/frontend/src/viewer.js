// Draws a BPMN diagram, lit by what runs in it:
//   <div data-bpmn-viewer data-diagram-url="…" data-overlay-url="…" data-element-link="…/{element}"
//        data-selected="Task_plan" aria-label="…">fallback: a list of the live elements</div>
// The overlay is JSON: {"elements": {id: {"active": n, "completed": n, "faults": n, "state": "active" | "completed" | …}},
// "heat": {id: {"level": 1 to 5, "text": "2 h"}}, "focus": id}. data-show-completed also counts what is done.
// A click on an element sends the event `element-click` with detail {element, type}; unless somebody prevents it, the
// browser follows data-element-link. The host listens to `diagram-refresh` (ask for the overlay again),
// `diagram-show` {elements, focus} (light something else) and `diagram-mark` {marks: {id: {kind, text}}}.

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { answerClicks } from "./viewer/clicks.js";
import { frame } from "./viewer/frame.js";
import { inLanguage } from "./viewer/language.js";
import { light, markOut } from "./viewer/overlay.js";
import { Sight } from "./viewer/sight.js";
import { answerTouch } from "./viewer/touch.js";
import { words } from "./viewer/words.js";

const FONT = { fontFamily: '"Inter Variable", Inter, system-ui, sans-serif', fontSize: 11.5, lineHeight: 1.25 };
const COLOURS = { defaultFillColor: "#ffffff", defaultStrokeColor: "#27364f", defaultLabelColor: "#1b2434" };
const NOTHING = { elements: {} };

/** Draw into `host`; on failure say so and leave the fallback of the server in place. */
export async function draw(host) {
  if (host.dataset.isDrawn) return;
  host.dataset.isDrawn = "yes";
  host.setAttribute("aria-busy", "true");
  try {
    const drawn = host.dataset.diagramUrl;
    const [source, overlay] = await Promise.all([
      read(drawn, "text"),
      overlayOf(host),
      document.fonts.load(`11.5px "Inter Variable"`), // labels are wrapped by measured width
    ]);
    await show(host, inLanguage(source, document.documentElement.lang), overlay);
    host.addEventListener("diagram-refresh", () => { if (host.dataset.diagramUrl !== drawn) drawAgain(host); });
    host.dispatchEvent(new CustomEvent("diagram-drawn", { bubbles: true }));
  } catch (error) {
    delete host.dataset.isDrawn;
    host.querySelector(".diagram-frame")?.remove();
    host.prepend(complaint(error));
  } finally {
    host.removeAttribute("aria-busy");
  }
}

/** The instance moved to another version: its diagram takes the place of the old one. */
function drawAgain(host) {
  const fresh = host.cloneNode(true);
  fresh.querySelector(".diagram-frame")?.remove();
  delete fresh.dataset.isDrawn;
  host.replaceWith(fresh);
  draw(fresh);
}

async function show(host, xml, overlay) {
  const { canvas, tools, legend } = frame(host);
  const viewer = new NavigatedViewer({
    container: canvas,
    bpmnRenderer: COLOURS,
    textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 11 } },
    zoomScroll: { enabled: false },
  });
  await viewer.importXML(xml);
  const sight = new Sight(viewer, canvas);
  let undo = light(viewer, overlay, legend, host);
  sight.showWork(overlay);
  tools(viewer, sight);
  answerClicks(viewer, host);
  answerTouch(viewer, canvas);

  let unmark = () => {};
  const lightAgain = (fresh) => { undo(); undo = light(viewer, fresh, legend, host); };
  host.addEventListener("diagram-show", ({ detail }) => {
    lightAgain(detail);
    if (detail.focus) sight.bringIn(detail.focus);
  });
  host.addEventListener("diagram-refresh", async () => {
    if (host.isConnected) lightAgain(await overlayOf(host));
  });
  host.addEventListener("diagram-mark", ({ detail }) => {
    unmark();
    unmark = markOut(viewer, detail.marks);
    sight.bringInOneOf(Object.keys(detail.marks));
  });
}

const overlayOf = (host) => (host.dataset.overlayUrl ? read(host.dataset.overlayUrl, "json") : NOTHING);

async function read(url, kind) {
  const answer = await fetch(url, { headers: { Accept: kind === "json" ? "application/json" : "application/xml" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer[kind]();
}

function complaint(error) {
  console.warn(error); // the reader is told in words below
  const message = document.createElement("p");
  message.className = "diagram-complaint";
  message.setAttribute("role", "status");
  message.textContent = words.notDrawn;
  return message;
}
