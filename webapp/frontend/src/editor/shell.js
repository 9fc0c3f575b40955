// What all three editors share: state of saving, conflict, work left behind, problems, drawers.

import { csrfToken } from "../app/csrf.js";
import { Draft } from "./draft.js";
import { Problems } from "./problems.js";
import { language, words } from "./words.js";

/**
 * Set an editor up: `open(content)` shows content, `read()` gives it back, `show(id)` leads to an element,
 * `settle()` takes text that is still being typed into the content.
 * Returns {draft, problems, host}.
 */
export async function startEditor({ open, read, show, painted, settle = () => {} }) {
  const host = document.getElementById("editor");
  const draft = new Draft(host, read);
  const problems = new Problems(host, { show, painted });
  const state = host.querySelector("[data-state]");
  draft.addEventListener("state", ({ detail }) => showState(state, detail, () => compare(host, draft)));
  draft.addEventListener("saved", ({ detail }) => problems.check(detail));
  draft.addEventListener("conflict", () => compare(host, draft));
  setUpPublish(draft, settle);
  offerExpressions(host);
  const content = await draft.load();
  await opened(host, draft, open, content);
  problems.check(content);
  offerLeftBehind(host, draft, open);
  return { draft, problems, host };
}

async function opened(host, draft, open, content) {
  try {
    await open(content);
  } catch (error) {
    console.warn(error); // said in words below
    notice(host, `${words.notRead} ${error.message}. ${words.notReadCure}`, [
      [words.download, () => draft.download(content)],
    ]);
  }
}

function showState(state, { state: name, text }, onCompare) {
  state.dataset.stateName = name;
  state.replaceChildren(text);
  if (name !== "conflict") return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small";
  button.textContent = words.resolve;
  button.addEventListener("click", onCompare);
  state.append(" ", button);
}

/** Publishing and playing scenarios take what is saved, so what is not saved yet goes first. */
function setUpPublish(draft, settle) {
  for (const link of document.querySelectorAll("[data-publish], [data-scenarios]")) {
    link.addEventListener("click", async (event) => {
      settle();
      if (!draft.isDirty) return;
      event.preventDefault();
      await draft.save();
      if (!draft.isDirty) location.assign(link.href);
    });
  }
}

async function compare(host, draft) {
  const dialog = document.querySelector("[data-conflict]");
  if (dialog.open) return;
  const mine = await draft.read();
  dialog.querySelector("[data-conflict-who]").textContent = `${draft.conflict.message} (${draft.conflict.at})`;
  const changes = dialog.querySelector("[data-conflict-changes]");
  changes.textContent = words.checking;
  dialog.onclick = ({ target }) => choose(target.dataset?.choose, { dialog, draft, mine });
  dialog.showModal();
  try {
    const headers = { "X-CSRF-Token": csrfToken() };
    const answer = await fetch(host.dataset.compareUrl, { method: "POST", body: mine, headers });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    changes.replaceChildren(...page.body.childNodes);
  } catch {
    changes.textContent = words.offline;
  }
}

async function choose(choice, { dialog, draft, mine }) {
  if (!choice) return;
  dialog.close();
  if (choice === "mine") await draft.overrule();
  if (choice === "theirs") {
    draft.download(mine);
    draft.isDirty = false;
    draft.forget();
    location.reload();
  }
}

function offerLeftBehind(host, draft, open) {
  const kept = draft.leftBehind();
  if (!kept) return;
  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(kept.at));
  notice(host, words.found(time), [
    [words.use, async () => { await open(kept.content); draft.touch(); }],
    [words.download, () => draft.download(kept.content), true],
    [words.discard, () => draft.forget()],
  ]);
}

function notice(host, text, actions) {
  const box = host.querySelector("[data-notice]");
  const buttons = actions.map(([label, action, staysOpen]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small";
    button.textContent = label;
    button.addEventListener("click", () => {
      if (!staysOpen) box.hidden = true;
      action();
    });
    return button;
  });
  const message = document.createElement("p");
  message.textContent = text;
  box.replaceChildren(message, ...buttons);
  box.setAttribute("role", "status");
  box.hidden = false;
}

/** Let a button open and close the drawer at the side; `fill` draws it each time that it opens. Buttons share the drawer. */
export function drawer(host, name, fill) {
  const button = host.querySelector(`[data-do=${name}]`);
  const side = host.querySelector("[data-side]");
  const isOpen = () => !side.hidden && side.dataset.shows === name;
  button.addEventListener("click", async () => {
    const opens = !isOpen();
    host.querySelectorAll("[aria-controls=side]").forEach((one) => one.setAttribute("aria-expanded", String(opens && one === button)));
    side.hidden = !opens;
    side.dataset.shows = name;
    if (!opens) return;
    await fill(side);
    side.focus();
  });
  return { refresh: () => isOpen() && fill(side) };
}

/** The drawer that tries expressions comes when the person begins to work; it must know which field was used last. */
function offerExpressions(host) {
  let trying = null;
  async function fetched() {
    trying ??= new (await import("./expression.js")).TryExpression(host);
    return trying;
  }
  host.addEventListener("focusin", () => fetched().catch(() => {}), { once: true });
  drawer(host, "expression", async (side) => {
    try {
      (await fetched()).draw(side);
    } catch {
      side.textContent = words.offline;
    }
  });
}

/** Tell that the editor can be worked with. */
export function ready(host) {
  host.dataset.isReady = "yes";
  performance.mark("ready");
}
