// Choosing on a diagram what the form below it asks for; the form alone does as well.
//   <form data-modifies="id of the viewer's host">: a click on an element ticks its tokens, or chooses it as the place to
//   go to; what is chosen is marked on the diagram.
//   <form data-maps="id of the left host" data-onto="id of the right host">: each line of the plan has a number, which
//   stands at its elements on both diagrams.

export function chooseOnDiagram(form) {
  const host = document.getElementById(form.dataset.modifies);
  const target = form.elements.namedItem("start_before");
  const tokens = () => [...form.querySelectorAll("input[name=cancel]")];

  function mark() {
    const marks = Object.fromEntries(tokens().filter((box) => box.checked).map((box) => [box.dataset.element, { kind: "doomed", text: "×" }]));
    if (target?.value) marks[target.value] = { kind: "target", text: "→" };
    host.dispatchEvent(new CustomEvent("diagram-mark", { detail: { marks } }));
  }

  host.addEventListener("element-click", (event) => {
    const { element } = event.detail;
    const own = tokens().filter((box) => box.dataset.element === element);
    const option = target && [...target.options].find((one) => one.value === element);
    if (own.length) own.forEach((box) => { box.checked = !box.checked; });
    else if (option) target.value = element;
    else return;
    event.preventDefault();
    form.dispatchEvent(new Event("change"));
  });
  host.addEventListener("diagram-drawn", mark);
  form.addEventListener("change", mark);
  mark();
}

export function showMapping(form) {
  const [left, right] = [form.dataset.maps, form.dataset.onto].map((id) => document.getElementById(id));

  function mark() {
    const [from, onto] = [{}, {}];
    form.querySelectorAll("select[data-element]").forEach((select, index) => {
      from[select.dataset.element] = { kind: select.value ? "mapped" : "doomed", text: `${index + 1}` };
      if (!select.value) return;
      const text = onto[select.value] ? `${onto[select.value].text}, ${index + 1}` : `${index + 1}`;
      onto[select.value] = { kind: "mapped", text };
    });
    left?.dispatchEvent(new CustomEvent("diagram-mark", { detail: { marks: from } }));
    right?.dispatchEvent(new CustomEvent("diagram-mark", { detail: { marks: onto } }));
  }

  for (const host of [left, right]) host?.addEventListener("diagram-drawn", mark);
  form.addEventListener("change", mark);
  mark();
}
