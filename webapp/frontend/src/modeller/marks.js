// Marks on the diagram where the server found problems.

export class ProblemMarks {
  #marked = [];

  constructor(modeler) {
    this.canvas = modeler.get("canvas");
    this.registry = modeler.get("elementRegistry");
  }

  paint(problems) {
    for (const [id, mark] of this.#marked) if (this.registry.get(id)) this.canvas.removeMarker(id, mark);
    this.#marked = problems
      .filter(({ element }) => element && this.registry.get(element))
      .map(({ element, isError }) => [element, isError ? "has-error" : "has-warning"]);
    for (const [id, mark] of this.#marked) this.canvas.addMarker(id, mark);
  }
}
