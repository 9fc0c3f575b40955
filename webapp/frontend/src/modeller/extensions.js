// Reading and writing `zeebe:` extension elements of an element, each write one step to undo.

import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

export const propertiesOf = (owner) => find(owner, "zeebe:Properties")?.get("properties") ?? [];

export const find = (owner, type) => owner?.get("extensionElements")?.get("values").find((one) => one.$instanceOf?.(type));

export const readProperty = (owner, name) => propertiesOf(owner).find((one) => one.name === name)?.value ?? "";

/** Write one `zeebe:property` of `owner`, a part of `element`; an empty value removes it. */
export function writeProperty({ element, owner, name, value, modeling, bpmnFactory }) {
  const create = (type, facts) => bpmnFactory.create(type, facts);
  const others = propertiesOf(owner).map(({ name: known, value: old }) => ({ name: known, value: old }));
  const place = others.findIndex((one) => one.name === name);
  const fresh = value ? [{ name, value }] : [];
  if (place < 0) others.push(...fresh);
  else others.splice(place, 1, ...fresh);
  const properties = create("zeebe:Properties", { properties: others.map((one) => create("zeebe:Property", one)) });
  replace({ element, owner, type: "zeebe:Properties", value: others.length ? properties : null, modeling, bpmnFactory });
}

/** Put `value` in the place of the extension element of `type`, null takes it away. */
export function replace({ element, owner, type, value, modeling, bpmnFactory }) {
  const values = owner.get("extensionElements")?.get("values") ?? [];
  const place = values.findIndex((one) => one.$instanceOf?.(type));
  const next = [...values];
  if (place >= 0) next.splice(place, 1, ...(value ? [value] : []));
  else if (value) next.push(value);
  const extensionElements = bpmnFactory.create("bpmn:ExtensionElements", { values: next });
  extensionElements.$parent = owner;
  for (const one of next) setParents(one, extensionElements);
  modeling.updateModdleProperties(element, owner, { extensionElements });
}

function setParents(one, parent) {
  one.$parent = parent;
  const inner = one.$instanceOf?.("zeebe:Properties") ? one.get("properties") : [];
  for (const child of inner) child.$parent = one;
}

export { getBusinessObject };
