// The list of problems: asked of the server, which is the authority, after each save; a click leads to the place.
// It never moves the focus by itself.

import { csrfToken } from "../app/csrf.js";
import { words } from "./words.js";

export class Problems {
  #latest = 0;

  /** `show` is called with the id of the element that a problem is about; `painted` with all problems. */
  constructor(host, { show, painted }) {
    this.url = host.dataset.checkUrl;
    this.list = host.querySelector("[data-problems]");
    this.none = host.querySelector("[data-no-problems]");
    this.count = host.querySelector("[data-problem-count]");
    this.section = host.querySelector(".problems");
    this.show = show;
    this.painted = painted ?? (() => {});
    const button = host.querySelector("[data-do=problems]");
    button.addEventListener("click", () => {
      this.section.hidden = !this.section.hidden;
      button.setAttribute("aria-expanded", String(!this.section.hidden));
    });
  }

  async check(content) {
    const mine = ++this.#latest;
    let problems;
    try {
      const answer = await fetch(this.url, { method: "POST", body: content, headers: { "X-CSRF-Token": csrfToken() } });
      if (!answer.ok || answer.redirected) return;
      ({ problems } = await answer.json());
    } catch {
      return; // without connection the list stays as it was; the state of saving says so
    }
    if (mine !== this.#latest) return; // a later check overtook this one
    this.#draw(problems);
    this.painted(problems);
  }

  #draw(problems) {
    const focused = [...this.list.querySelectorAll("button")].indexOf(document.activeElement);
    this.list.replaceChildren(...problems.map((problem) => this.#item(problem)));
    this.list.querySelectorAll("button")[focused]?.focus();
    this.none.hidden = problems.length > 0;
    this.count.textContent = problems.length;
    this.count.classList.toggle("has-errors", problems.some(({ isError }) => isError));
  }

  #item({ element, line, reason, cure, isError }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = `problem ${isError ? "is-error" : "is-warning"}`;
    const place = element ?? (line ? words.line(line) : "");
    const part = (name, text) => {
      const span = document.createElement("span");
      span.className = `problem-${name}`;
      span.textContent = text;
      button.append(span, " ");
    };
    part("kind", isError ? words.error : words.warning);
    part("place", place);
    part("reason", reason);
    part("cure", cure);
    button.addEventListener("click", () => element && this.show(element));
    item.append(button);
    return item;
  }
}
