// Makes a long select searchable: <select data-combobox data-none="Nothing found" data-remove="Remove">.
// The select stays what the form sends; beside it stands a text field with a list (WAI-ARIA combobox).

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function makeSearchable(select) {
  if (select.dataset.enhanced) return;
  const box = build(select);
  select.dataset.enhanced = "yes";
  select.classList.add("visually-hidden");
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  select.after(box.root);
  select.addEventListener("focus", () => box.input.focus()); // a label or an error link leads here
  select.form?.addEventListener("redrawn", box.showChosen);
  box.showChosen();
}

function build(select) {
  const root = element("div", { className: "combobox" });
  root.dataset.kept = "yes";
  const listId = `${select.id}-list`;
  const input = element("input", { className: "form-control", type: "text", autocomplete: "off", spellcheck: false });
  const list = element("ul", { className: "combobox-list", id: listId, hidden: true });
  const chips = element("ul", { className: "chips" });
  attributes(input, { role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list" });
  attributes(list, { role: "listbox" });
  copyNames(select, input, list);
  input.placeholder = select.dataset.placeholder ?? select.querySelector('option[value=""]')?.text ?? "";
  root.append(...(select.multiple ? [chips] : []), input, list);
  let current = -1;

  const options = () => [...select.options].filter((option) => option.value !== "" && !option.disabled);
  const matching = () => {
    const wanted = isTyped() ? plain(input.value.trim()).split(/\s+/) : [];
    return options().filter((option) => wanted.every((word) => plain(option.text).includes(word)));
  };
  const isTyped = () => select.multiple || input.value !== chosenText();
  const chosenText = () => options().filter((option) => option.selected).map((option) => option.text).join(", ");

  function open() {
    const found = matching();
    list.replaceChildren(...found.map((option, index) => line(option, index)));
    if (!found.length) list.append(element("li", { className: "combobox-empty", textContent: select.dataset.none ?? "–" }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    move(Math.max(0, found.findIndex((option) => option.selected)));
  }

  function close() {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function line(option, index) {
    const item = element("li", { className: "combobox-option", id: `${listId}-${index}`, textContent: option.text });
    attributes(item, { role: "option", "aria-selected": String(option.selected) });
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(option); });
    return item;
  }

  function move(to) {
    const lines = [...list.querySelectorAll("[role=option]")];
    current = lines.length ? (to + lines.length) % lines.length : -1;
    lines.forEach((item, index) => item.classList.toggle("is-current", index === current));
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", lines[current].id);
    lines[current].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    if (select.multiple) option.selected = !option.selected;
    else select.value = option?.value ?? "";
    tell();
    close();
    showChosen();
  }

  const tell = () => ["input", "change"].forEach((name) => select.dispatchEvent(new Event(name, { bubbles: true })));

  function showChosen() {
    copyNames(select, input, list);
    if (!select.multiple) return void (input.value = chosenText());
    input.value = "";
    chips.replaceChildren(...options().filter((option) => option.selected).map(chip));
  }

  function chip(option) {
    const item = element("li", { className: "chip" });
    const button = element("button", { type: "button", textContent: "×" });
    button.setAttribute("aria-label", `${select.dataset.remove ?? ""} ${option.text}`.trim());
    button.addEventListener("click", () => { option.selected = false; tell(); showChosen(); input.focus(); });
    item.append(element("span", { textContent: option.text }), button);
    return item;
  }

  input.addEventListener("input", (event) => { event.stopPropagation(); open(); });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", () => (list.hidden ? open() : close()));
  input.addEventListener("blur", () => {
    if (!select.multiple && input.value.trim() === "" && select.value !== "") { select.value = ""; tell(); }
    close();
    showChosen();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      move(current + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (current >= 0) choose(matching()[current]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      showChosen();
    } else if (event.key === "Backspace" && select.multiple && input.value === "") {
      const last = options().filter((option) => option.selected).at(-1);
      if (last) { last.selected = false; tell(); showChosen(); }
    }
  });
  return { root, input, showChosen };
}

/** The text field is named, explained and judged as the select is. */
function copyNames(select, input, list) {
  const label = select.labels?.[0];
  if (label) {
    label.id ||= `${select.id}-label`;
    attributes(input, { "aria-labelledby": label.id });
    attributes(list, { "aria-labelledby": label.id });
  }
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    else input.removeAttribute(name);
  }
}

const element = (name, properties) => Object.assign(document.createElement(name), properties);

function attributes(node, values) {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
}
