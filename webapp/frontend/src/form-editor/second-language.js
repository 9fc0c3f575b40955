// A group of the form editor's panel with the Indonesian twin of every text of a field: `label_id` beside
// `label`, `description_id`, `text_id`, and `label_id` of each option. form-js keeps keys that it does not know.

import { h } from "preact";
import { words } from "../editor/words.js";

const TEXTS = [
  ["label", words.label, "input"],
  ["description", words.description, "input"],
  ["text", words.text, "textarea"],
];

class Provider {
  static $inject = ["propertiesPanel"];

  constructor(panel) {
    panel.registerProvider(this, 400);
  }

  getGroups(field, editField) {
    return (groups) => {
      if (!field || field.type === "default") return groups;
      const group = { id: "second-language", label: words.secondLanguage, component: Twins, field, editField };
      return [...groups.slice(0, 1), group, ...groups.slice(1)];
    };
  }
}

/** Drawn open: translating is part of writing, not an extra. */
function Twins({ field, editField, label }) {
  const twins = TEXTS.filter(([key]) => field[key]).map(([key, words, tag]) =>
    twin({ id: `twin-${field.id}-${key}`, label: words, source: field[key], tag, value: field[`${key}_id`] ?? "", write: (value) => editField(field, [`${key}_id`], value || undefined) }));
  const options = (field.values ?? []).map((option, index) =>
    twin({ id: `twin-${field.id}-option-${index}`, label: words.option, source: option.label, tag: "input", value: option.label_id ?? "", write: (value) => editField(field, ["values"], renamed(field.values, index, value)) }));
  const fields = [...twins, ...options];
  return h("div", { class: "bio-properties-panel-group twin" },
    h("div", { class: "bio-properties-panel-group-header" }, h("div", { class: "bio-properties-panel-group-header-title" }, label)),
    h("div", { class: "bio-properties-panel-group-entries open" }, fields.length ? fields : h("p", { class: "text-secondary" }, words.noFields)));
}

function twin({ id, label, source, tag, value, write }) {
  return h("div", { class: "bio-properties-panel-entry", key: id },
    h("label", { class: "bio-properties-panel-label", for: id }, `${label}: ${source}`),
    h(tag, { id, class: "bio-properties-panel-input", lang: "id", value, onChange: ({ target }) => write(target.value) }));
}

const renamed = (values, index, name) => values.map((option, place) => (place === index ? { ...option, label_id: name || undefined } : option));

export const SecondLanguageModule = {
  __init__: ["secondLanguage"],
  secondLanguage: ["type", Provider],
};
