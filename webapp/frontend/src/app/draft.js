// Saves what was typed as a draft on the server, 2 s after the last change:
//   <form data-draft-url="…" data-draft-saved="Draft saved" data-draft-failed="Not saved" data-draft-refused="Somebody was faster">
//     … <span data-draft-state></span>
// The draft goes as POST with the form's own fields; any 2xx answer means it was saved.

import { markSaved } from "./forms.js";
import { csrfToken } from "./requests.js";

const PAUSE_MS = 2000;
const CONFLICT = 409;
const LOGGED_OUT = [400, 401]; // 400: logged in again elsewhere, so that the page has an old token

export function keepDraft(form) {
  const state = form.querySelector("[data-draft-state]");
  let pause = 0;
  let version = 0; // of what was typed; a draft is up to date only if nothing came after it

  async function save() {
    pause = 0;
    if (!form.isConnected) return;
    const sent = version;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const status = await post(form.dataset.draftUrl, body);
    const isSaved = status >= 200 && status < 300;
    if (state) state.textContent = isSaved ? `${form.dataset.draftSaved} ${clock()}` : reason(status);
    state?.toggleAttribute("data-failed", !isSaved);
    if (isSaved && sent === version && !hasFiles(form)) markSaved(form);
  }

  const reason = (status) => {
    if (status === CONFLICT) return form.dataset.draftRefused ?? form.dataset.draftFailed;
    return (LOGGED_OUT.includes(status) && form.dataset.draftLoggedOut) || form.dataset.draftFailed;
  };

  const typed = () => {
    version += 1;
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE_MS);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => clearTimeout(pause));
  // Another task opens beside the list: what was typed in the last two seconds goes first.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target.contains(form) || !pause) return;
    clearTimeout(pause);
    save();
  });
}

/** Return the status of the answer; 0 when there was none, or only a redirect to the login page. */
async function post(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRF-Token": csrfToken() } });
    return answer.redirected ? 0 : answer.status;
  } catch {
    return 0; // no connection: the next change tries again
  }
}

const hasFiles = (form) => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);

const clock = () => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", hour12: false }).format(new Date());
