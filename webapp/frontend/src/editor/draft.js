// Keeps what is edited: on the server 2 s after the last change, and in this browser until it is there.
//
// A save names the revision that it began from (If-Match). When somebody else saved meanwhile the server
// answers 409, nothing is overwritten, and saving stops until the person has compared and decided.

import { csrfToken } from "../app/csrf.js";
import { words } from "./words.js";

const PAUSE_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

export class Draft extends EventTarget {
  #revision;
  #timer = 0;
  #wait = PAUSE_MS;
  #saved = null; // content that the server has
  #isSaving = false;
  #conflict = null;

  /** `read` gives the present content of the editor as text, or a promise of it. */
  constructor({ dataset }, read) {
    super();
    this.url = dataset.contentUrl;
    this.name = dataset.name;
    this.place = `clause8-draft-${dataset.key}`;
    this.#revision = Number(dataset.revision);
    this.read = read;
    addEventListener("online", () => this.#retry());
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.isDirty && this.save());
  }

  isDirty = false;

  /** Return what the server has; the editor begins with it. */
  async load() {
    const answer = await fetch(this.url, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${this.url}: ${answer.status}`);
    this.#revision = Number(answer.headers.get("ETag").replace(/\D/g, ""));
    this.#saved = await answer.text();
    return this.#saved;
  }

  /** Return {content, at} of work that never reached the server, or null. */
  leftBehind() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.place));
      return kept && kept.content !== this.#saved ? kept : null;
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.place);
  }

  /** Tell that something changed; it is saved when nothing more changes for a while. */
  touch() {
    this.isDirty = true;
    this.#tell(this.#conflict ? "conflict" : "changed");
    this.#later(PAUSE_MS);
  }

  /** Save now; resolves when the server has it, or has refused it. */
  async save() {
    clearTimeout(this.#timer);
    if (this.#isSaving) return this.#later(PAUSE_MS);
    this.#isSaving = true;
    this.isDirty = false; // a change from here on makes it dirty again
    try {
      await this.#send(await this.read());
    } finally {
      this.#isSaving = false;
    }
  }

  async #send(content) {
    this.#keep(content);
    if (this.#conflict) return this.#failed("conflict");
    if (content === this.#saved) return this.#done(content, this.#revision);
    this.#tell("saving");
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "PUT",
        body: content,
        headers: { "If-Match": `"${this.#revision}"`, "X-CSRF-Token": csrfToken(), "Content-Type": "text/plain" },
      });
    } catch {
      return this.#failed("offline", true);
    }
    if (answer.redirected || answer.status === 400) return this.#failed("loggedOut", true);
    if (answer.ok) return this.#done(content, (await answer.json()).revision);
    if (answer.status === 409) {
      this.#conflict = await answer.json();
      this.#failed("conflict");
      return this.dispatchEvent(new CustomEvent("conflict", { detail: this.#conflict }));
    }
    return this.#failed(answer.status === 404 ? "gone" : "offline", answer.status >= 500);
  }

  get conflict() {
    return this.#conflict;
  }

  /** Go on with mine: the server keeps the other version aside. */
  async overrule() {
    this.#revision = this.#conflict.revision;
    this.#conflict = null;
    await this.save();
  }

  /** Save a file of `content` on this computer. */
  download(content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = this.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  #done(content, revision) {
    this.#revision = revision;
    this.#saved = content;
    this.#wait = PAUSE_MS;
    if (!this.isDirty) {
      this.forget();
      this.#tell("saved");
    }
    this.dispatchEvent(new CustomEvent("saved", { detail: content }));
  }

  #failed(state, triesAgain = false) {
    this.isDirty = true;
    this.#tell(state);
    if (!triesAgain) return;
    this.#later(this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #retry() {
    this.#wait = PAUSE_MS;
    if (this.isDirty) this.save();
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), pause);
  }

  #keep(content) {
    try {
      localStorage.setItem(this.place, JSON.stringify({ content, at: new Date().toISOString() }));
    } catch {
      // The browser has no room left; the server is still tried.
    }
  }

  #tell(state) {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
    const text = state === "saved" ? words.savedAt(time) : words[state];
    this.dispatchEvent(new CustomEvent("state", { detail: { state, text } }));
  }
}
