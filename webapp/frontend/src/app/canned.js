// Texts at hand: a click puts one where the cursor stands.

/** Let `button` insert its text into the field it names. */
export function insertText(button) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.insertInto);
    field.setRangeText(button.dataset.insertText, field.selectionStart, field.selectionEnd, "end");
    button.closest("details")?.removeAttribute("open");
    field.focus();
  });
}
