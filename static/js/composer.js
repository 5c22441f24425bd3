// The composer: every form[data-composer] keeps its text, sends it honestly, and becomes an editor when written in.
// Without this module the same form works with a plain field.

import { Draft } from "courtyard/composer-draft";
import { ask } from "courtyard/composer-fetch";
import { quoteOf } from "courtyard/composer-quotes";
import { offerQuotes } from "courtyard/composer-selection";
import { send } from "courtyard/composer-send";
import { make, word } from "courtyard/composer-words";
import { openEditor } from "courtyard/open-editor";

const composers = new WeakMap();

export class Composer {
  constructor(form) {
    this.form = form;
    this.body = form.elements.body;
    this.status = form.querySelector("[data-saved]");
    this.editor = null;
    this.sending = false;
    this.unsent = false;
    this.draft = new Draft(this);
    form.addEventListener("input", () => this.draft.changed());
    form.addEventListener("focusout", () => this.draft.save());
    form.addEventListener("change", ({ target }) => target.name === "pictures" && this.takePictures(target));
    form.addEventListener("submit", (event) => this.submitted(event));
    const sendKey = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit(form.querySelector("[data-send]"));
    };
    form.addEventListener("keydown", sendKey, { capture: true }); // before the editor, which would add a line
    this.body.addEventListener("focus", () => this.openEditor());
    this.draft.begin();
    // A formatted text shows its signs in the plain field: nobody should have to read those.
    if (this.text.body_format === "html" && this.text.body) this.openEditor();
    const chosen = form.elements.pictures; // on a slow line a photo is chosen before this module has arrived
    if (chosen?.files?.length) this.takePictures(chosen);
  }

  /** What is written now. */
  get text() {
    const of = (name) => this.form.elements[name]?.value ?? "";
    return { title: of("title"), body: this.body.value, body_format: of("body_format"), based_on: of("based_on") };
  }

  /** Put another text in its place, e.g. the version from another device. */
  set text({ title, body, body_format: format }) {
    if (this.form.elements.title && title) this.form.elements.title.value = title;
    this.form.elements.body_format.value = format;
    this.body.value = body;
    if (this.editor) this.editor.show(body, format);
    else if (format === "html" && body) this.openEditor();
  }

  get isEmpty() {
    return !this.body.value.trim() && !(this.form.elements.title?.value ?? "").trim();
  }

  say(message, ...more) {
    this.status.replaceChildren(message, ...more);
  }

  /** Resolves when the editor stands, or could not be loaded. */
  openEditor() {
    if (!this.editor) this.opening ??= openEditor(this);
    return this.opening;
  }

  /** Photos chosen beside the text go into it one by one, each with its description; without an editor they are sent
      with the form. */
  async takePictures(input) {
    const files = [...input.files];
    await this.openEditor();
    if (!this.editor || !files.length) return;
    input.value = "";
    const { addPictures } = await import("courtyard/editor-pictures");
    await addPictures(this, this.editor.engine, files);
  }

  submitted(event) {
    const button = event.submitter;
    if (button?.hasAttribute("data-show-preview")) {
      event.preventDefault();
      this.preview();
    } else if (button?.hasAttribute("data-discard")) {
      event.preventDefault();
      this.discard(button);
    } else if (button?.hasAttribute("formaction")) {
      this.draft.stop(); // the plain way, to another page
    } else {
      event.preventDefault();
      if (!this.sending) send(this, open);
    }
  }

  async preview() {
    const here = this.form.querySelector("[data-preview-here]");
    const show = (...content) => {
      const close = make("button", { type: "button", class: "button quiet", text: word("close") });
      close.addEventListener("click", () => {
        here.hidden = true;
        this.focus();
      });
      here.replaceChildren(make("h3", { text: word("preview") }), ...content, close);
      here.hidden = false;
      here.tabIndex = -1;
      here.focus();
    };
    try {
      const answer = await ask(this.form, this.form.dataset.preview, { body: new FormData(this.form) });
      const { html, error } = await answer.json();
      if (html) {
        const body = make("div", { class: "body" });
        body.innerHTML = html; // cleaned by the server, exactly what it will publish
        show(body);
        document.dispatchEvent(new CustomEvent("courtyard:applied", { detail: { root: here } }));
      } else show(make("p", { class: "field-error", text: error || word("failed") }));
    } catch {
      show(make("p", { class: "field-error", text: word("offline") }));
    }
  }

  async discard(button) {
    const before = this.text;
    const done = await this.draft.discard();
    if (!done) return;
    this.clear();
    button.hidden = true;
    const undo = make("button", { type: "button", class: "link-button", text: word("undo") });
    undo.addEventListener("click", () => {
      this.text = before;
      this.draft.changed();
      button.hidden = false;
      this.focus();
    });
    this.say(word("discarded"), " ", undo);
    undo.focus();
  }

  clear() {
    if (this.form.elements.title) this.form.elements.title.value = "";
    this.form.elements.submission.value = crypto.randomUUID?.() ?? "";
    this.body.value = "";
    this.editor?.show("", "markdown");
  }

  focus() {
    if (this.editor) this.editor.focus();
    else this.body.focus();
  }

  /** The text answers that post, and says so above the field. */
  answer(post) {
    const { reply_to: field } = this.form.elements;
    if (!field) return;
    field.value = post;
    const article = document.getElementById(`post-${post}`);
    const name = article?.querySelector(".post-name")?.textContent.trim() ?? "";
    const number = article?.dataset.number ?? "";
    const nobody = make("button", { type: "button", class: "link-button", text: word("answeringNobody") });
    nobody.addEventListener("click", () => {
      field.value = "";
      this.answering.remove();
      this.focus();
    });
    this.answering?.remove();
    document.getElementById("answering")?.remove(); // what the server said when the page was loaded
    const back = article ? make("a", { href: `#post-${post}`, text: word("backToPost", { number }) }) : "";
    const said = { class: "soft answering cluster", text: word("answering", { name, number }) };
    this.answering = make("p", said, back, nobody);
    this.form.prepend(this.answering);
  }

  async quote(ref) {
    await this.opening;
    const before = this.body.value.trimEnd();
    if (this.editor) this.editor.insertQuote(ref);
    else if (this.text.body_format === "html") {
      this.body.value = `${before}<blockquote data-quote="${ref}"></blockquote><p></p>`;
    } else {
      this.body.value = `${before}${before ? "\n\n" : ""}>>${ref}\n\n`;
      this.body.focus(); // loads the editor, which shows the quote with its words
    }
    this.draft.changed();
  }
}

function open(form) {
  if (!composers.has(form)) composers.set(form, new Composer(form));
  return composers.get(form);
}

function openAll() {
  for (const form of document.querySelectorAll("form[data-composer]")) open(form);
}

document.addEventListener("courtyard:applied", openAll);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".quote-button[data-post], .reply-button[data-post]");
  const form = document.querySelector("form#reply[data-composer]");
  if (!button || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  write(form, button.dataset.post, button.classList.contains("quote-button") && quoteOf(button));
});

function write(form, post, ref) {
  const composer = open(form);
  composer.answer(post);
  form.scrollIntoView({ block: "nearest" });
  if (ref) composer.quote(ref).then(() => composer.focus());
  else composer.focus();
}

offerQuotes((post, ref) => {
  const form = document.querySelector("form#reply[data-composer]");
  if (form) write(form, post, ref);
});
openAll();
