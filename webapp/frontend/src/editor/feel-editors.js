// The editors of expressions, fetched when the first one is needed (feel-later.js).

export { default as FeelEditor } from "@bpmn-io/feel-editor";
export { FeelersEditor } from "@bpmn-io/feelers-editor";
export { EditorView, lineNumbers } from "@codemirror/view";
