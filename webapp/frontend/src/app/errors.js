// A refused form: the summary takes the focus, its links lead into the fields.

const CONTROLS = "input:not([type=hidden]), select, textarea, button";

export function focusErrors(summary) {
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const control = field.matches(CONTROLS) ? field : field.querySelector(CONTROLS);
    (control ?? field).focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  });
}
