// A group of our own in the panel: Indonesian name, what can be chosen, `clause8:` properties.

import { Group, SelectEntry, TextFieldEntry, isSelectEntryEdited, isTextFieldEntryEdited } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useService } from "bpmn-js-properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { getBusinessObject, readProperty, writeProperty } from "./extensions.js";
import { choiceEntries } from "./choices.js";
import { FIELDS } from "./fields.js";

class Provider {
  static $inject = ["propertiesPanel", "config.choices", "eventBus"];

  #choices = {};

  constructor(panel, choices, eventBus) {
    panel.registerProvider(400, this);
    // The choices arrive from the server; the panel draws them when they are there.
    choices?.then((found) => {
      this.#choices = found;
      eventBus.fire("propertiesPanel.providersChanged");
    });
  }

  getGroups(element) {
    return (groups) => {
      const entries = [...ownEntries(element), ...choiceEntries(element, this.#choices)];
      if (!entries.length) return groups;
      const group = { id: "clause8", label: "Clause8", component: Group, entries, shouldOpen: true };
      const place = groups.findIndex(({ id }) => id === "documentation");
      return groups.toSpliced(place + 1 || 1, 0, group);
    };
  }
}

/** Return the entries for the properties that this kind of element may have. */
function ownEntries(element) {
  const target = getBusinessObject(element);
  return FIELDS.flatMap((field) => {
    const owner = ownerOf(field, element, target);
    return owner ? [entryOf(field, owner)] : [];
  });
}

function ownerOf(field, element, target) {
  if (field.on === "message") return messageOf(target);
  if (field.on === "process") return is(element, "bpmn:Participant") ? target.processRef : is(element, "bpmn:Process") && target;
  return field.on.some((type) => is(element, type)) && (!field.unless || !field.unless(target)) ? target : null;
}

const messageOf = (target) => target.get?.("eventDefinitions")?.find((one) => one.messageRef)?.messageRef;

function entryOf(field, owner) {
  return {
    id: `clause8-${field.on === "process" ? "process-" : ""}${field.name}`,
    field,
    owner,
    component: field.options ? ChoiceOfProperty : TextOfProperty,
    isEdited: field.options ? isSelectEntryEdited : isTextFieldEntryEdited,
  };
}

function useProperty({ element, field, owner }) {
  const [modeling, bpmnFactory, debounce, translate] = ["modeling", "bpmnFactory", "debounceInput", "translate"].map((name) => useService(name));
  return {
    element,
    debounce,
    label: translate(field.label),
    description: field.help && translate(field.help),
    getValue: () => readProperty(owner, field.name),
    setValue: (value) => writeProperty({ element, owner, name: field.name, value, modeling, bpmnFactory }),
    translate,
  };
}

function TextOfProperty(props) {
  return h(TextFieldEntry, { id: props.id, ...useProperty(props) });
}

function ChoiceOfProperty(props) {
  const { translate, ...facts } = useProperty(props);
  const getOptions = () => props.field.options.map(({ value, label }) => ({ value, label: translate(label) }));
  return h(SelectEntry, { id: props.id, ...facts, getOptions });
}

export const Clause8PanelModule = {
  __init__: ["clause8Provider"],
  clause8Provider: ["type", Provider],
};
