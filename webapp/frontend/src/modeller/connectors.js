// Element templates for our connectors: what each needs is asked for by name in the panel.

const SCHEMA = "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json";
/** type, English name, Indonesian name, needed inputs, optional inputs, result: [expression, variable]. */
const CONNECTORS = [
  ["record.open", "Open a record", "Buka rekaman", ["type", "title", "requester"], ["people", "fields", "origin", "link_kind"], ["=record", "record"]],
  ["record.update", "Update the record", "Perbarui rekaman", ["number"], ["title", "state", "fields", "people", "close"]],
  ["record.link", "Link two records", "Tautkan dua rekaman", ["from", "to", "kind"], []],
  ["record.create", "Create plain records", "Buat rekaman biasa", ["type"], ["title", "fields", "items", "link_to", "link_kind"], ["=numbers", "numbers"]],
  ["register.read", "Read a register", "Baca register", ["type"], ["numbers", "where"], ["=records", "records"]],
  ["register.update", "Update a register", "Perbarui register", ["type", "items"], []],
  ["register.overlaps", "Find overlaps", "Cari tumpang tindih", ["type", "number", "from", "to"], ["buffer", "refs"], ["=overlaps", "overlaps"]],
  ["people.eligible", "Find eligible people", "Cari orang yang memenuhi syarat", ["groups"], ["users", "rules", "number"], ["=eligible", "eligible"]],
  ["people.of", "People of a group", "Orang dalam grup", [], ["group", "unit_head_of"], ["=users", "users"]],
  ["duty", "Remember a duty", "Catat kewajiban", ["number", "duty", "users"], []],
  ["snapshot", "Fingerprint of a value", "Sidik nilai", ["value"], [], ["=hash", "hash"]],
  ["notify", "Notify people", "Beri tahu orang", ["template", "to"], ["number", "data"]],
  ["kpi", "Measure", "Catat ukuran", ["name", "value"], ["number", "dimensions"]],
  ["clock", "Tell clocks", "Perintahkan jam layanan", [], []],
];

export function connectorTemplates(language) {
  return CONNECTORS.map(([type, english, indonesian, needed, optional, result]) => ({
    $schema: SCHEMA,
    id: `clause8:${type}`,
    name: language === "id" ? indonesian : english,
    description: `clause8:${type}`,
    version: 1,
    appliesTo: ["bpmn:Task"],
    elementType: { value: "bpmn:ServiceTask" },
    properties: [
      { type: "Hidden", value: `clause8:${type}`, binding: { type: "zeebe:taskDefinition", property: "type" } },
      ...needed.map((name) => input(name, false)),
      ...optional.map((name) => input(name, true)),
      ...(result ? [output(language, ...result)] : []),
      ...(type === "clock" ? [clockProperty(language)] : []),
    ],
  }));
}

/** What a task tells clocks: the property that other elements carry too. */
function clockProperty(language) {
  return {
    label: language === "id" ? "Perintah, misalnya: pause resolution user_reply" : "What, for example: pause resolution user_reply",
    type: "String",
    binding: { type: "zeebe:property", name: "clause8:clock" },
    constraints: { notEmpty: true },
  };
}

function input(name, isOptional) {
  const facts = isOptional ? { optional: true } : { constraints: { notEmpty: true } };
  return { label: name, type: "String", feel: "required", binding: { type: "zeebe:input", name }, ...facts };
}

function output(language, source, variable) {
  return {
    label: language === "id" ? "Variabel hasil" : "Result variable",
    type: "String",
    optional: true,
    value: variable,
    binding: { type: "zeebe:output", source },
  };
}
