// Tries a decision of the draft with sample inputs; the server decides, the rules that fired are lit.

import { csrfToken } from "../app/csrf.js";
import { make } from "../editor/elements.js";
import { words } from "../editor/words.js";

export class TryIt {
  #values = {};
  #chosen = "";

  constructor(host, { read, show }) {
    this.host = host;
    this.read = read;
    this.show = show;
  }

  async draw(side) {
    const { ok, answer } = await this.#ask(this.host.dataset.decisionsUrl, await this.read());
    const title = make("h2", "side-title", words.tryTitle);
    if (!ok) return side.replaceChildren(title, make("p", "", answer.message));
    const form = make("form", "try-form");
    const select = this.#decisions(answer.decisions);
    const inputs = make("div");
    const result = make("div", "try-result");
    result.setAttribute("role", "status");
    const refresh = () => {
      this.#chosen = select.value;
      const decision = answer.decisions.find(({ id }) => id === select.value);
      inputs.replaceChildren(...(decision?.inputs ?? []).flatMap((input) => this.#input(input)));
    };
    select.addEventListener("change", refresh);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#decide(form, result);
    });
    const label = make("label", "", words.decision);
    label.htmlFor = select.id;
    const button = make("button", "btn btn-primary", words.tryButton);
    form.append(label, select, inputs, make("p", "field-help", words.valueHint), button);
    refresh();
    side.replaceChildren(title, form, result);
  }

  #decisions(decisions) {
    const select = make("select", "form-select");
    select.id = "try-decision";
    for (const { id, name } of decisions) select.add(new Option(name || id, id));
    if (decisions.some(({ id }) => id === this.#chosen)) select.value = this.#chosen;
    return select;
  }

  #input({ name, type }) {
    const label = make("label", "", type ? `${name} (${type})` : name);
    const input = make("input", "form-control");
    input.id = `try-${name}`;
    input.dataset.name = name;
    input.dataset.type = type;
    input.value = this.#values[name] ?? "";
    input.autocomplete = "off";
    input.addEventListener("input", () => { this.#values[name] = input.value; });
    label.htmlFor = input.id;
    return [label, input];
  }

  async #decide(form, result) {
    const fields = [...form.querySelectorAll("input")].map((input) => [input.dataset.name, valueOf(input)]);
    const body = { content: await this.read(), decision: this.#chosen, variables: Object.fromEntries(fields) };
    const { ok, answer } = await this.#ask(this.host.dataset.tryUrl, JSON.stringify(body), "application/json");
    if (!ok) return result.replaceChildren(make("p", "field-error", answer.message));
    result.replaceChildren(
      make("h3", "", words.result),
      make("pre", "", JSON.stringify(answer.value, null, 2)),
      ...answer.explanation.flatMap((part) => explained(part, this.show)),
    );
    this.#light(answer.explanation);
  }

  #light(explanation) {
    const fired = new Set(explanation.flatMap(({ tables }) => tables.flatMap(({ rules }) => rules.map(({ id }) => id))));
    for (const row of this.host.querySelectorAll("[data-canvas] tr")) {
      const cell = row.querySelector("[data-row-id]");
      row.classList.toggle("rule-fired", fired.has(cell?.dataset.rowId));
    }
  }

  async #ask(url, body, type = "text/plain") {
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRF-Token": csrfToken(), "Content-Type": type } });
      return { ok: answer.ok, answer: await answer.json() };
    } catch {
      return { ok: false, answer: { message: words.offline } };
    }
  }
}

function explained({ name, tables, warnings }, show) {
  const lines = tables.map(({ rules }) => {
    const line = make("p", "", `${name}: ${rules.length ? words.fired(rules.map(({ number }) => number).join(", ")) : words.noneFired} `);
    for (const { id, number } of rules) {
      const button = make("button", "btn btn-small", `→ ${number}`);
      button.type = "button";
      button.addEventListener("click", () => show(id));
      line.append(button, " ");
    }
    return line;
  });
  return [...lines, ...warnings.map((warning) => make("p", "text-secondary", warning[document.documentElement.lang] ?? warning.en))];
}

/** What is typed is JSON where it reads as such; a column of text takes everything as text. */
function valueOf({ value, dataset }) {
  if (value.trim() === "") return null;
  if (dataset.type === "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
