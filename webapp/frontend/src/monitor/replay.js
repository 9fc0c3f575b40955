// Plays the history of an instance on its diagram:
//   <div data-replay data-steps-url="…" data-diagram="id of the viewer's host"> with a slider, buttons and an <output>.
// The slider's last place is how things stand now. Arrow keys, Home and End move the slider as every slider.

const PACE_MS = 900;

export async function prepareReplay(bar) {
  const start = bar.querySelector("[data-replay-start]");
  const panel = bar.querySelector("[data-replay-panel]");
  start.hidden = false;
  start.addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.stepsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    start.hidden = true;
    panel.hidden = false;
    new Replay(bar, await answer.json());
  });
}

class Replay {
  #timer = 0;

  constructor(bar, { steps }) {
    this.host = document.getElementById(bar.dataset.diagram);
    this.steps = steps;
    this.slider = bar.querySelector("input[type=range]");
    this.says = bar.querySelector("output");
    this.play = bar.querySelector("[data-replay-play]");
    this.slider.max = steps.length;
    this.slider.value = 0;
    const on = (name, action) => bar.querySelector(`[data-replay-${name}]`).addEventListener("click", action);
    on("first", () => this.go(0));
    on("back", () => this.go(this.place - 1));
    on("next", () => this.go(this.place + 1));
    on("last", () => this.go(steps.length));
    on("play", () => (this.#timer ? this.stop() : this.run()));
    on("end", () => this.leave(bar));
    this.slider.addEventListener("input", () => this.go(this.place, { keepPlaying: true }));
    this.host.dataset.isReplaying = "yes"; // live updates leave the diagram alone meanwhile
    this.slider.focus();
    this.go(0);
  }

  get place() {
    return Number(this.slider.value);
  }

  go(wanted, { keepPlaying = false } = {}) {
    if (!keepPlaying) this.stop();
    const place = Math.max(0, Math.min(this.steps.length, wanted));
    this.slider.value = place;
    const step = this.steps[place - 1];
    this.says.textContent = step ? `${place}/${this.steps.length} · ${step.text}` : `0/${this.steps.length}`;
    this.slider.setAttribute("aria-valuetext", this.says.textContent);
    const detail = { elements: stateAfter(this.steps.slice(0, place)), focus: step?.element };
    this.host.dispatchEvent(new CustomEvent("diagram-show", { detail }));
  }

  run() {
    if (this.place >= this.steps.length) this.go(0);
    this.play.setAttribute("aria-pressed", "true");
    this.#timer = setInterval(() => {
      this.go(this.place + 1, { keepPlaying: true });
      if (this.place >= this.steps.length) this.stop();
    }, PACE_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.play.setAttribute("aria-pressed", "false");
  }

  leave(bar) {
    this.stop();
    delete this.host.dataset.isReplaying;
    this.host.dispatchEvent(new CustomEvent("diagram-refresh"));
    bar.querySelector("[data-replay-panel]").replaceWith(bar.querySelector("[data-replay-panel]").cloneNode(true));
    bar.querySelector("[data-replay-panel]").hidden = true;
    bar.querySelector("[data-replay-start]").hidden = false;
    bar.querySelector("[data-replay-start]").focus();
  }
}

/** Return what the overlay would have said after these steps. */
function stateAfter(steps) {
  const live = new Map(); // element instance -> element
  const [done, stuck] = [new Set(), new Set()];
  for (const { action, element, instance, flows } of steps) {
    if (action === "element_entered") live.set(instance, element);
    else if (action === "fault_opened") stuck.add(element);
    else if (action === "fault_retried" || action === "fault_resolved") stuck.delete(element);
    else {
      live.delete(instance);
      stuck.delete(element);
      if (action === "element_completed") [element, ...flows].forEach((id) => done.add(id));
    }
  }
  const elements = Object.fromEntries([...done].map((id) => [id, { state: "completed" }]));
  for (const id of live.values()) elements[id] = { state: "active", active: (elements[id]?.active ?? 0) + 1, faults: 0 };
  for (const id of stuck) elements[id] = { ...elements[id], state: "active", active: 0, faults: 1 };
  return elements;
}
