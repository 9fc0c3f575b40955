// What an element may refer to, offered as choices: forms, groups, decisions, processes.

import { SelectEntry, isSelectEntryEdited } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useService } from "bpmn-js-properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { find, getBusinessObject, replace } from "./extensions.js";

/** Which extension element and attribute holds the reference, on what, and where its choices come from. */
const REFERENCES = [
  { id: "form", label: "Choose a form", type: "zeebe:FormDefinition", attribute: "formId", from: ({ forms }) => plain(forms), extra: { bindingType: "deployment" }, on: isFormPlace },
  { id: "decision", label: "Choose a decision", type: "zeebe:CalledDecision", attribute: "decisionId", from: ({ decisions }) => plain(decisions), extra: { bindingType: "deployment" }, on: (element) => is(element, "bpmn:BusinessRuleTask") },
  { id: "process", label: "Choose a process", type: "zeebe:CalledElement", attribute: "processId", from: ({ processes }) => labelled(processes), extra: {}, on: (element) => is(element, "bpmn:CallActivity") },
];
const TEXTS = /^=\s*\[\s*("[^"]*"\s*,?\s*)*\]\s*$/;

export function choiceEntries(element, choices) {
  const entries = REFERENCES.filter(({ on, from }) => on(element) && from(choices).length).map((reference) => ({
    id: `clause8-choose-${reference.id}`,
    reference,
    choices,
    component: Reference,
    isEdited: isSelectEntryEdited,
  }));
  if (is(element, "bpmn:UserTask") && choices.groups?.length) {
    entries.push({ id: "clause8-choose-group", choices, component: Groups, isEdited: isSelectEntryEdited });
  }
  return entries;
}

function isFormPlace(element) {
  const target = getBusinessObject(element);
  const isPlainStart = is(element, "bpmn:StartEvent") && !target.get("eventDefinitions").length && is(target.$parent, "bpmn:Process");
  return is(element, "bpmn:UserTask") || isPlainStart;
}

function Reference({ id, element, reference, choices }) {
  const [modeling, bpmnFactory, debounce, translate] = ["modeling", "bpmnFactory", "debounceInput", "translate"].map((name) => useService(name));
  const owner = getBusinessObject(element);
  const { type, attribute, extra } = reference;
  const known = () => find(owner, type)?.get(attribute) ?? "";
  const setValue = (value) => {
    const old = find(owner, type);
    const kept = old ? { ...Object.fromEntries(Object.entries(old).filter(([name]) => !name.startsWith("$"))) } : extra;
    const fresh = value ? bpmnFactory.create(type, { ...kept, [attribute]: value }) : null;
    replace({ element, owner, type, value: fresh, modeling, bpmnFactory });
  };
  const getOptions = () => withKnown(reference.from(choices), known(), translate);
  return h(SelectEntry, { id, element, debounce, label: translate(reference.label), getValue: known, setValue, getOptions });
}

/** Adds a group to those that may do the task; what was written as other FEEL is left alone. */
function Groups({ id, element, choices }) {
  const [modeling, bpmnFactory, debounce, translate] = ["modeling", "bpmnFactory", "debounceInput", "translate"].map((name) => useService(name));
  const owner = getBusinessObject(element);
  const type = "zeebe:AssignmentDefinition";
  const text = find(owner, type)?.get("candidateGroups") ?? "";
  const names = groupsIn(text);
  const setValue = (value) => {
    if (!value || !names) return;
    const next = names.includes(value) ? names.filter((name) => name !== value) : [...names, value];
    const old = find(owner, type);
    const kept = { assignee: old?.get("assignee"), candidateUsers: old?.get("candidateUsers") };
    const candidateGroups = text.trim().startsWith("=") ? `=${JSON.stringify(next)}` : next.join(", ");
    const fresh = bpmnFactory.create(type, { ...kept, candidateGroups: next.length ? candidateGroups : undefined });
    replace({ element, owner, type, value: fresh, modeling, bpmnFactory });
  };
  const getOptions = () => [
    { value: "", label: names ? names.join(", ") || translate("(nobody yet)") : text },
    ...choices.groups.map((group) => ({
      value: group.id,
      label: `${names?.includes(group.id) ? "− " : "+ "}${group.label}`,
    })),
  ];
  return h(SelectEntry, { id, element, debounce, disabled: !names, label: translate("Add or remove a group"), getValue: () => "", setValue, getOptions });
}

/** Return the group names that a constant or a list of texts gives; null for FEEL that is computed. */
export function groupsIn(text) {
  if (TEXTS.test(text)) return [...text.matchAll(/"([^"]*)"/g)].map(([, name]) => name);
  if (text.trim().startsWith("=")) return null;
  return text.split(",").map((name) => name.trim()).filter(Boolean);
}

const plain = (names = []) => names.map((name) => ({ value: name, label: name }));
const labelled = (things = []) => things.map(({ id, label }) => ({ value: id, label: `${label} (${id})` }));

function withKnown(options, known, translate) {
  const first = [{ value: "", label: translate("(none)") }];
  if (known && !options.some(({ value }) => value === known)) first.push({ value: known, label: known });
  return [...first, ...options];
}
