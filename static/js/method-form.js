// The forms of methods: kept while they are filled in, sent once and honestly, lengths shown, steps moved.
// Without this module the same forms work with numbers for the order and a button for more rows.

import { Draft } from "courtyard/composer-draft";
import { send } from "courtyard/composer-send";
import { make, word } from "courtyard/composer-words";
import { openEditor } from "courtyard/open-editor";
import { Pictures } from "courtyard/method-pictures";
import { say, Steps } from "courtyard/method-steps";

/** Put there by the page, not by its writer. */
const OF_THE_PAGE = new Set(
  ["csrfmiddlewaretoken", "place", "writer", "back", "next_action", "draft_version", "whole", "submission", "rows"],
);

class MethodForm {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-saved]");
    this.sending = false;
    this.unsent = false;
    const list = form.querySelector("[data-steps]");
    this.steps = list && new Steps(list, () => this.draft?.changed());
    this.pictures = form.querySelector("[data-pictures-of-card]") && new Pictures(form, () => this.draft?.changed());
    this.editor = null;
    this.body = form.elements.body;
    this.draft = new Draft(this);
    form.addEventListener("input", (event) => {
      count(event.target);
      this.draft.changed();
    });
    form.addEventListener("change", () => this.draft.changed());
    form.addEventListener("focusout", () => this.draft.save());
    form.addEventListener("submit", (event) => this.submitted(event));
    for (const field of form.querySelectorAll("[data-most]")) if (field.value) count(field);
    this.body?.addEventListener("focus", () => this.openEditor());
    this.draft.begin();
    // A formatted text shows its signs in the plain field: nobody should have to read those.
    if (this.body?.value && form.elements.body_format.value === "html") this.openEditor();
  }

  /** What stands in the form now. */
  get text() {
    const fields = {};
    for (const [name, value] of new FormData(this.form)) {
      if (OF_THE_PAGE.has(name) || typeof value !== "string" || !value || isPlace(name)) continue;
      fields[name] = name in fields ? [fields[name], value].flat() : value;
    }
    const of = (name) => fields[name] ?? "";
    return { title: of("title"), body: of("body"), body_format: of("body_format"), based_on: of("based_on"), fields };
  }

  set text({ fields = {} }) {
    this.steps?.fill(fields);
    this.pictures?.fill(fields);
    for (const field of this.form.elements) {
      if (!field.name || OF_THE_PAGE.has(field.name) || isPlace(field.name)) continue;
      const value = fields[field.name] ?? "";
      if (field.type === "checkbox" || field.type === "radio") field.checked = [value].flat().includes(field.value);
      else field.value = value;
    }
    this.steps?.settle();
    this.pictures?.settle();
    for (const field of this.form.querySelectorAll("[data-most]")) count(field);
    if (this.editor) this.editor.show(fields.body ?? "", fields.body_format ?? "markdown");
    else if (fields.body && fields.body_format === "html") this.openEditor();
  }

  /** The free text has the editor that posts have. */
  openEditor() {
    if (!this.editor) this.opening ??= openEditor(this);
    return this.opening;
  }

  say(message, ...more) {
    this.status.replaceChildren(message, ...more);
  }

  submitted(event) {
    const button = event.submitter;
    if (button?.hasAttribute("data-discard")) {
      event.preventDefault();
      this.discard(button);
    } else if (!button?.hasAttribute("formaction") && button?.name !== "rows") {
      event.preventDefault();
      if (!this.sending) this.sendWhole();
    } else this.draft.stop();
  }

  /** A picture on its way comes along. */
  async sendWhole() {
    this.sending = true;
    await this.pictures?.sending;
    await send(this, open);
  }

  async discard(button) {
    const before = this.text;
    if (!(await this.draft.discard())) return;
    this.clear();
    button.hidden = true;
    const undo = make("button", { type: "button", class: "link-button", text: word("undo") });
    undo.addEventListener("click", () => {
      this.text = before;
      this.draft.changed();
      this.focus();
    });
    this.draft.rest();
    this.say(word("discarded"), " ", undo);
    undo.focus();
  }

  clear() {
    this.form.reset();
    this.editor?.show("", "markdown");
    this.pictures?.fill({});
    this.steps?.settle();
  }

  focus() {
    const wrong = this.form.querySelector("[aria-invalid='true'], [role='alert']");
    (wrong ?? this.form.querySelector("input:not([type=hidden]), textarea")).focus();
  }
}

/** Where a row stands is said by where it stands. */
const isPlace = (name) => /^\w+-\d+-place$|^picture-place-\d+$/.test(name);

/** How long it is, quietly, once it is worth saying. */
function count(field) {
  const most = Number(field.dataset?.most);
  if (!most) return;
  const length = [...field.value].length;
  const shown = field.parentElement.querySelector(":scope > .length") ?? make("p", { class: "length", "aria-hidden": "true" });
  const was = shown.classList.contains("is-over");
  shown.textContent = length > most ? say("over", { over: length - most }) : say("length", { now: length, most });
  shown.classList.toggle("is-over", length > most);
  shown.hidden = length < most / 2;
  if (!shown.isConnected) field.after(shown);
  if (length > most && !was) document.getElementById("live-status").textContent = shown.textContent;
}

const open = (form) => new MethodForm(form);
for (const form of document.querySelectorAll(".method-form")) open(form);
