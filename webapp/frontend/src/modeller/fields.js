// The `clause8:` properties that people edit: name, where it may stand, what it is called. Texts are
// English; translate.js has their Indonesian twins.

const NAMED = ["bpmn:FlowNode", "bpmn:SequenceFlow", "bpmn:Participant", "bpmn:Lane", "bpmn:Process", "bpmn:MessageFlow", "bpmn:TextAnnotation", "bpmn:DataObjectReference", "bpmn:DataStoreReference", "bpmn:Group"];
const TASK = ["bpmn:UserTask"];
const STARTED = ["bpmn:UserTask", "bpmn:StartEvent"];
const hasEvent = (target) => (target.get?.("eventDefinitions") ?? []).length > 0;

export const FIELDS = [
  { name: "clause8:name.id", on: NAMED, label: "Indonesian name" },
  { name: "clause8:sod", on: TASK, label: "Segregation rules", help: "Ids of rules, comma separated: who may not do this task." },
  { name: "clause8:duty", on: STARTED, unless: hasEvent, label: "Duty", help: "What the person who does this is remembered for: request, vote, implement, test, review." },
  { name: "clause8:facts", on: STARTED, unless: hasEvent, label: "Facts above the form", help: "FEEL: a list of {label, label_id, value}." },
  { name: "clause8:story", on: TASK, label: "Told in the story", help: "Fields of the form, comma separated, such as vote.decision: what readers of the record learn of the answers." },
  { name: "clause8:starters", on: ["bpmn:StartEvent"], unless: hasEvent, label: "Who may start", help: "Groups, comma separated; empty means everyone." },
  { name: "clause8:state", on: ["bpmn:FlowNode"], label: "State of the record", help: "Entering the element gives the record this state." },
  { name: "clause8:clock", on: ["bpmn:FlowNode"], label: "Clock", help: "Such as: start response, pause resolution, stop resolution." },
  { name: "clause8:step", on: ["bpmn:Activity"], label: "Step of the requirements", help: "Empty means the element's id." },
  { name: "clause8:ttl", on: "message", label: "Message is kept for", help: "ISO 8601 duration such as P30D; empty means not at all." },
  { name: "clause8:owner", on: "process", label: "Owners", help: "Names or groups who may publish, comma separated; empty means every process owner." },
  { name: "clause8:retention", on: "process", label: "Content is kept for", help: "ISO 8601 duration such as P5Y, after the end; empty means for ever." },
  { name: "clause8:prefix", on: "process", label: "Type of its records", help: "Prefix of the numbers, such as REQ." },
  {
    name: "clause8:catalogue", on: "process", label: "Shown in the catalogue",
    options: [{ value: "", label: "no" }, { value: "yes", label: "yes" }],
  },
  { name: "clause8:description", on: "process", label: "Description in the catalogue" },
  { name: "clause8:description.id", on: "process", label: "Indonesian description" },
  { name: "clause8:icon", on: "process", label: "Icon", help: "Name of a Tabler icon." },
];
