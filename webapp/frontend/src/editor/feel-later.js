// Stands in for CodeMirror and the FEEL editors where the panels import them: 200 KB (compressed) that nobody needs
// before the first expression is shown. build.mjs puts it in their place; they come when a person begins to work.

const load = () => import("./feel-editors.js");

for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => load().catch(() => {}), { once: true, capture: true });

/** An editor that is its text until the real one is there. Calls made meanwhile are done then, in order. */
const later = (name) => class {
  #editor = null;
  #waiting = [];

  constructor(config) {
    config.container.textContent = config.value ?? "";
    load().then((real) => this.#replace(real, name, config), (error) => this.#stay(config, error));
  }

  #replace(real, kind, config) {
    config.container.textContent = "";
    const extensions = (config.extensions ?? []).map((extension) => extension(real));
    this.#editor = new real[kind]({ ...config, extensions });
    for (const call of this.#waiting.splice(0)) call();
  }

  /** Without connection a plain field edits the text too. */
  #stay({ container, value, onChange, contentAttributes, readOnly }, error) {
    console.warn(error);
    const field = document.createElement("textarea");
    field.className = "bio-properties-panel-input";
    field.value = value ?? "";
    field.readOnly = Boolean(readOnly);
    for (const [attribute, text] of Object.entries(contentAttributes ?? {})) if (text) field.setAttribute(attribute, text);
    field.addEventListener("input", () => onChange?.(field.value));
    container.replaceChildren(field);
    this.#editor = { setValue: (text) => { field.value = text; }, focus: () => field.focus() };
    for (const call of this.#waiting.splice(0)) call();
  }

  #do(method, ...values) {
    if (this.#editor) this.#editor[method]?.(...values);
    else this.#waiting.push(() => this.#editor[method]?.(...values));
  }

  setValue(value) { this.#do("setValue", value); }
  setVariables(variables) { this.#do("setVariables", variables); }
  setEngines(engines) { this.#do("setEngines", engines); }
  setPlaceholder(text) { this.#do("setPlaceholder", text); }
  focus(position) { this.#do("focus", position); }
  on(name, callback) { this.#do("on", name, callback); }
  off(name, callback) { this.#do("off", name, callback); }
  getSelection() { return this.#editor?.getSelection?.() ?? { ranges: [{ from: -1, to: -1 }], mainIndex: 0 }; }
};

const FeelEditor = later("FeelEditor");
export default FeelEditor;
export const FeelersEditor = later("FeelersEditor");

// What the panels give their editors as extensions: each becomes the real one when that is there.
export const lineNumbers = () => (real) => real.lineNumbers();
export const EditorView = {
  lineWrapping: (real) => real.EditorView.lineWrapping,
  domEventHandlers: (handlers) => (real) => real.EditorView.domEventHandlers(handlers),
};

// Only the editor of JSON properties needs these, which none of our element templates has.
const unused = () => {};
export const Annotation = { define: unused };
export const EditorState = {};
export const [jsonParseLinter, json, linter, highlightSpecialChars, drawSelection, placeholder, syntaxHighlighting,
  defaultHighlightStyle, foldGutter, bracketMatching, closeBrackets, history] = Array(12).fill(unused);
export const keymap = { of: unused };
export const [foldKeymap, closeBracketsKeymap, defaultKeymap, historyKeymap] = Array(4).fill([]);
