// Keeping what is typed: on this device at once, on the server two seconds later. A newer text from another page is
// never overwritten and never overwrites: the writer chooses.

import { ask } from "courtyard/composer-fetch";
import { make, word } from "courtyard/composer-words";

const PAUSE = 2000;
const LONGEST_PAUSE = 10_000;
const AGAIN = 15_000;
const KEEPALIVE_BYTES = 60_000; // browsers refuse more while a page goes away

export class Draft {
  constructor(composer) {
    const { form } = composer;
    this.composer = composer;
    this.form = form;
    this.url = form.dataset.draft;
    // Tell and the forms it leads to share a place, but not what is kept of it here.
    const kept = [form.dataset.member, form.dataset.place, form.dataset.kept].filter(Boolean);
    this.key = `courtyard-draft:${kept.join(":")}`;
    this.version = form.elements.draft_version;
    this.known = same(composer.text); // the text the server has, or need not have
    this.stopped = false;
    this.conflict = null;
    this.saving = null;
    document.addEventListener("visibilitychange", () => document.hidden && this.save({ leaving: true }));
    addEventListener("pagehide", () => this.save({ leaving: true }));
    addEventListener("online", () => this.save());
    addEventListener("storage", (event) => event.key === this.key && this.isClean && this.begin());
  }

  get isClean() {
    return same(this.composer.text) === this.known;
  }

  /** A copy left on this device goes on where it stopped, or is offered when the server has moved on since. */
  begin() {
    const copy = this.copy;
    if (!copy || same(copy) === this.known || !(copy.body.trim() || copy.fields)) return;
    if (copy.version === this.version.value) {
      this.composer.text = copy;
      this.composer.say(word("restored"));
      this.changed();
    } else this.offer({ ...copy, saved: "" });
  }

  get copy() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  set copy(text) {
    try {
      if (text) localStorage.setItem(this.key, JSON.stringify({ ...text, version: this.version.value }));
      else localStorage.removeItem(this.key);
    } catch {
      // a full or forbidden store: the server's copy has to do
    }
  }

  changed() {
    if (this.stopped || this.isClean) return;
    this.copy = this.composer.text;
    const now = Date.now();
    this.since ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.since + LONGEST_PAUSE - now)));
  }

  /** Save what is not saved yet; resolves when it is, or could not be. */
  async save({ leaving = false } = {}) {
    if (this.stopped || this.conflict || this.isClean) return;
    if (this.saving && !leaving) await this.saving;
    if (this.stopped || this.conflict || this.isClean) return;
    clearTimeout(this.timer);
    this.since = undefined;
    this.saving = this.put(leaving).finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  async put(leaving) {
    const text = this.composer.text;
    const body = JSON.stringify({ ...text, version: this.version.value });
    const keepalive = leaving && new Blob([body]).size < KEEPALIVE_BYTES;
    let answer;
    try {
      answer = await ask(this.form, this.url, { method: "PUT", body, type: "application/json", keepalive });
    } catch {
      this.composer.say(word(this.composer.unsent ? "notSent" : "keptHere"));
      this.timer = setTimeout(() => this.save(), AGAIN);
      return;
    }
    if (this.stopped) return;
    const about = await answer.json().catch(() => ({}));
    if (answer.ok) this.saved(text, about);
    else if (answer.status === 409) this.offer(about.draft);
    else this.composer.say(about.error || word(answer.status === 401 ? "signedOut" : "keptHere"));
  }

  saved(text, about) {
    this.version.value = about.version;
    this.known = same(text);
    if (this.isClean) this.copy = null;
    else this.copy = this.composer.text;
    this.composer.say(about.version ? word("saved", { time: about.saved }) : "");
    const discard = this.form.querySelector("[data-discard]");
    if (discard) discard.hidden = !about.version;
  }

  /** Two texts: say so, show the other one, and let its writer choose. */
  offer(other) {
    this.conflict?.remove();
    const shown = make("div", { class: "body other-text", text: plain(other) });
    const choice = (key, act) =>
      make("button", {
        type: "button",
        class: "button quiet",
        text: word(key),
        on: {
          click: () => {
            this.conflict.remove();
            this.conflict = null;
            if (other.saved) this.version.value = other.version; // seen: what follows may take its place
            act();
            this.known = null;
            this.changed();
            this.composer.focus();
          },
        },
      });
    this.conflict = make(
      "div",
      { class: "notice warn draft-conflict", role: "alert" },
      make("p", { text: other.saved ? word("newer", { time: other.saved }) : word("older") }),
      shown,
      make(
        "p",
        { class: "cluster" },
        choice("keepMine", () => {}),
        choice("takeOther", () => {
          this.composer.text = other;
        }),
        other.fields
          ? ""
          : choice("keepBoth", () => {
              const mine = this.composer.text;
              this.composer.text = { ...mine, ...joined(mine, other) };
            }),
      ),
    );
    this.form.prepend(this.conflict);
  }

  /** The same text in another form (the editor took over): nothing new to save. */
  rephrase(write) {
    const { isClean } = this;
    write();
    if (isClean) this.known = same(this.composer.text);
  }

  /** What stands here now need not be saved. */
  rest() {
    this.known = same(this.composer.text);
  }

  /** Nothing may be saved any more: the text is on its way. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  go() {
    this.stopped = false;
  }

  /** The text arrived: no copy may come back. */
  arrived() {
    this.stop();
    this.copy = null;
  }

  async discard() {
    clearTimeout(this.timer);
    try {
      const answer = await ask(this.form, this.url, { method: "DELETE" });
      if (!answer.ok) throw new Error(answer.status);
    } catch {
      this.composer.say(word("failed"));
      return false;
    }
    this.copy = null;
    this.version.value = "";
    this.known = same({ title: "", body: "" });
    return true;
  }
}

/** A form of many fields has them all in `fields`; where they stand does not matter. */
function same({ title, body, fields = {} }) {
  const typed = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([title ?? "", body ?? "", typed]).replaceAll("\\r\\n", "\\n");
}

function plain({ body, body_format: format, fields }) {
  if (fields) return Object.values(fields).flat().filter((each) => each.includes(" ")).join("\n");
  if (format !== "html") return body;
  const parsed = new DOMParser().parseFromString(body, "text/html");
  for (const block of parsed.querySelectorAll("p, li, h3, h4, br")) block.append("\n");
  return parsed.body.textContent;
}

function joined(mine, other) {
  if (mine.body_format === other.body_format) {
    const gap = mine.body_format === "html" ? "<hr>" : "\n\n---\n\n";
    return { body: mine.body + gap + other.body };
  }
  const words = plain(other);
  if (mine.body_format !== "html") return { body: `${mine.body}\n\n---\n\n${words}` };
  const paragraph = document.createElement("p");
  paragraph.textContent = words;
  return { body: `${mine.body}<hr>${paragraph.outerHTML}` };
}
