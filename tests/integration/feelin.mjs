// Answers expressions by the npm package feelin: a line of JSON in, {expression, variables}, a line out, {value} or {error}.
import { createInterface } from 'node:readline';
import { argv } from 'node:process';

const { evaluate, FeelRange } = await import(argv[2]);

for await (const line of createInterface({ input: process.stdin })) {
  const { expression, variables } = JSON.parse(line);
  console.log(JSON.stringify(answer(expression, variables)));
}

function answer(expression, variables) {
  try {
    return { value: shown(evaluate(expression, variables).value) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

function shown(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (Array.isArray(value)) return value.map(shown);
  if (value instanceof FeelRange) return String(value);
  if (value === null || typeof value !== 'object') return value ?? null;
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}
