// Tries an expression with values; the server evaluates, within the limits of every expression. The expression is the
// one of the field that was used last.

import { csrfToken } from "../app/csrf.js";
import { make } from "./elements.js";
import { words } from "./words.js";

const FIELDS = ".cm-content, .bio-properties-panel-feel-editor-container textarea";

export class TryExpression {
  #kept = { variables: "{\n}", instance: "", input: "", isTest: false };
  #field = null;

  constructor(host) {
    this.host = host;
    host.addEventListener("focusin", ({ target }) => {
      const field = target.closest?.(FIELDS);
      if (field && !field.closest("[data-side]")) this.#field = field;
    });
  }

  draw(side) {
    const fields = this.#fields();
    const form = make("form", "try-form");
    const result = make("div", "try-result", "", { role: "status" });
    form.append(...fields.rows, make("button", "btn btn-primary", words.evaluate));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(fields, result);
    });
    side.replaceChildren(make("h2", "side-title", words.expressionTitle), form, result);
  }

  #fields() {
    const expression = area("try-expression", this.#field ? textOf(this.#field) : this.#kept.expression ?? "", 4);
    const variables = area("try-variables", this.#kept.variables, 7);
    const said = make("p", "field-help", words.variablesHint, { id: "try-variables-help" });
    variables.setAttribute("aria-describedby", said.id);
    const rows = [label(words.expression, expression), expression, ...this.#test(expression), label(words.variables, variables),
      variables, said, ...this.#instance(variables, said)];
    return { expression, variables, said, rows };
  }

  /** A cell of an input column tests a value. */
  #test(expression) {
    if (this.host.dataset.kind !== "dmn") return [];
    const isCell = this.#field?.closest("td")?.classList.contains("input-cell") ?? this.#kept.isTest;
    const box = make("input", "", "", { type: "checkbox", id: "try-is-test" });
    box.checked = this.#kept.isTest = isCell;
    const line = make("label", "form-check");
    line.append(box, ` ${words.isTest}`);
    const input = make("input", "form-control", "", { id: "try-input", autocomplete: "off" });
    input.value = this.#kept.input;
    const name = label(words.testedValue, input);
    const refresh = () => { input.hidden = name.hidden = !box.checked; };
    box.addEventListener("change", () => { this.#kept.isTest = box.checked; refresh(); });
    input.addEventListener("input", () => { this.#kept.input = input.value; });
    refresh();
    expression.dataset.hasTest = "yes";
    return [line, name, input];
  }

  #instance(variables, said) {
    const name = make("input", "form-control", "", { id: "try-instance", autocomplete: "off", placeholder: "CHG-2026-000001" });
    name.value = this.#kept.instance;
    const button = make("button", "btn btn-small", words.fetchValues, { type: "button" });
    button.addEventListener("click", async () => {
      this.#kept.instance = name.value;
      const { ok, answer } = await ask(`${this.host.dataset.valuesUrl}?instance=${encodeURIComponent(name.value)}`);
      said.textContent = ok ? words.variablesHint : answer.message;
      said.classList.toggle("field-error", !ok);
      if (ok) variables.value = this.#kept.variables = JSON.stringify(answer.variables, null, 2);
    });
    const line = make("div", "upload-line");
    line.append(name, button);
    return [label(words.fromInstance, name), line];
  }

  async #try({ expression, variables, said }, result) {
    Object.assign(this.#kept, { variables: variables.value, expression: expression.value });
    let values;
    try {
      values = JSON.parse(variables.value || "{}");
      if (typeof values !== "object" || values === null || Array.isArray(values)) throw new SyntaxError(words.notAnObject);
    } catch (error) {
      said.textContent = `${words.notJson} ${error.message}`;
      said.classList.add("field-error");
      variables.focus();
      return;
    }
    said.textContent = words.variablesHint;
    said.classList.remove("field-error");
    const asked = { expression: expression.value, variables: values, is_test: this.#kept.isTest, input: jsonOr(this.#kept.input) };
    const { ok, answer } = await ask(this.host.dataset.expressionUrl, JSON.stringify(asked));
    if (!ok) return result.replaceChildren(make("p", "field-error", answer.message));
    result.replaceChildren(...shown(answer, expression.value));
    const place = answer.mistakes.find(({ line }) => line);
    if (place) select(expression, place);
  }
}

function shown({ value, type, hasValue, mistakes, warnings }, text) {
  const parts = [];
  if (hasValue) parts.push(make("h3", "", words.result), make("pre", "", JSON.stringify(value, null, 2)), make("p", "text-secondary", words.typeIs(type)));
  for (const { line, column, reason } of mistakes) {
    parts.push(make("p", "field-error", line ? `${words.place(line, column)}: ${reason}` : reason));
    if (line) parts.push(marked(text, line, column));
  }
  if (warnings.length) {
    const list = make("ul", "try-warnings");
    list.append(...warnings.map((warning) => make("li", "", warning)));
    parts.push(make("h3", "", words.warnings), list);
  }
  return parts;
}

/** The line of the mistake, with the place marked. */
function marked(text, line, column) {
  const source = text.split("\n")[line - 1] ?? "";
  const box = make("pre", "try-place");
  box.append(source.slice(0, column - 1), make("mark", "", source.slice(column - 1, column) || " "), source.slice(column));
  return box;
}

function select(area, { line, column }) {
  const before = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(before + column - 1, before + column);
}

function textOf(field) {
  if (field.matches("textarea")) return field.value;
  return [...field.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
}

function area(id, value, rows) {
  const field = make("textarea", "form-control code-area", "", { id, rows, spellcheck: "false", autocomplete: "off" });
  field.value = value;
  return field;
}

function label(text, field) {
  return make("label", "", text, { for: field.id });
}

function jsonOr(text) {
  if (!text.trim()) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function ask(url, body) {
  const headers = { "X-CSRF-Token": csrfToken(), ...(body ? { "Content-Type": "application/json" } : {}) };
  try {
    const answer = await fetch(url, { method: body ? "POST" : "GET", body, headers });
    return { ok: answer.ok, answer: await answer.json() };
  } catch {
    return { ok: false, answer: { message: words.offline } };
  }
}
