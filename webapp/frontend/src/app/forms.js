// Conveniences of forms, asked for by attributes:
//   data-guard="text"       ask before typed text is lost (the browser words the question)
//   data-submit-on-change   filters: send as soon as something is chosen
// Every form that changes something is sent once only, however often the button is pressed.

const changed = new Set();

export function prepareForm(form) {
  if (form.hasAttribute("data-guard")) guard(form);
  if (form.hasAttribute("data-submit-on-change")) form.addEventListener("change", () => form.requestSubmit());
  if (form.method === "post" && !isHtmx(form)) form.addEventListener("submit", sendOnce);
}

/** Tell that nothing in `form` is lost any more: it was sent, or its draft is on the server. */
export function markSaved(form) {
  changed.delete(form);
}

const isHtmx = (form) => form.hasAttribute("hx-post") || form.hasAttribute("hx-put");

function guard(form) {
  const note = (event) => {
    if (!event.target.closest("[data-guard-ignore]")) changed.add(form);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => markSaved(form));
}

function sendOnce(event) {
  const form = event.currentTarget;
  if (event.defaultPrevented) return;
  if (form.dataset.isSent) {
    event.preventDefault();
    return;
  }
  form.dataset.isSent = "yes";
  form.setAttribute("aria-busy", "true");
}

addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// The page may come back from the browser's memory with its "sent" marks.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    delete form.dataset.isSent;
    form.removeAttribute("aria-busy");
  }
});
