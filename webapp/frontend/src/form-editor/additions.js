// What form-js writes into a form by merely opening it (default options, for one) is no change of the author's.

/** Return `saved` with everything as in the file that is as it was when the form had just been opened. */
export function withoutAdditions(saved, { schema, opened }) {
  return cleaned(saved, new Map(fields(schema)), new Map(fields(opened)));
}

function* fields(field) {
  yield [field.id, field];
  for (const child of field.components ?? []) yield* fields(child);
}

function cleaned(field, files, openeds) {
  const file = files.get(field.id);
  const opened = openeds.get(field.id);
  const components = field.components?.map((child) => cleaned(child, files, openeds));
  const own = components ? { ...field, components } : field;
  if (!file || !opened) return own;
  // The keys of the file come first and in its order, so that a change is the only difference.
  const keys = [...new Set([...Object.keys(file), ...Object.keys(own)])];
  const entries = keys.map((key) => [key, isSame(own[key], opened[key]) && key !== "components" ? file[key] : own[key]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
