// The editor's two questions: where does a link lead, and what does a picture show?

import { make, word } from "courtyard/composer-words";

let count = 0;

/** Show a dialog with a form; resolves to the pressed button's value, "" when it was closed. */
function answered(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

function field(label, input) {
  count += 1;
  input.id = `editor-question-${count}`;
  return make("p", { class: "field" }, make("label", { for: input.id, text: label }), input);
}

const button = (key, value, kind = "button") => make("button", { class: kind, value, text: word(key) });
const cancel = () =>
  make("button", { type: "submit", class: "button quiet", value: "", formnovalidate: true, text: word("cancel") });

/** Set, change or take off the link at the selection. */
export async function askLink(editor) {
  const { href = "" } = editor.getAttributes("link");
  const needsWords = editor.state.selection.empty && !href;
  const address = make("input", { type: "text", inputmode: "url", value: href, required: true, autocomplete: "off" });
  const words = make("input", { type: "text", autocomplete: "off" });
  address.addEventListener("input", () => address.setCustomValidity(wrong(address.value) ? word("linkWrong") : ""));
  const dialog = make(
    "dialog",
    { class: "editor-dialog", "aria-label": word("link") },
    make(
      "form",
      { method: "dialog", class: "form" },
      field(word("linkAddress"), address),
      ...(needsWords ? [field(word("linkWords"), words)] : []),
      make("p", { class: "cluster" }, button("linkSet", "set"), ...(href ? [takeOff()] : []), cancel()),
    ),
  );
  const answer = await answered(dialog);
  const chain = editor.chain().focus();
  if (answer === "off") chain.extendMarkRange("link").unsetLink().run();
  else if (answer === "set") {
    const target = whole(address.value);
    const link = { type: "link", attrs: { href: target } };
    if (needsWords) chain.insertContent({ type: "text", text: words.value.trim() || target, marks: [link] }).run();
    else chain.extendMarkRange("link").setLink({ href: target }).run();
  } else chain.run();
}

const takeOff = () =>
  make("button", { class: "button quiet", value: "off", formnovalidate: true, text: word("linkOff") });

function whole(address) {
  const trimmed = address.trim();
  if (/^(https?:\/\/|mailto:)/i.test(trimmed)) return trimmed;
  return /^[^\s/@]+@[^\s/@]+$/.test(trimmed) ? `mailto:${trimmed}` : `https://${trimmed}`;
}

function wrong(address) {
  try {
    const { protocol, hostname } = new URL(whole(address));
    return protocol !== "mailto:" && !hostname.includes(".");
  } catch {
    return true;
  }
}

/** What can be seen in the picture at `src`? Resolves to the words, null when it was given up. */
export async function askAlt(src, alt = "", isNew = true) {
  const words = make("textarea", { rows: 3, maxlength: 500, text: alt });
  const dialog = make(
    "dialog",
    { class: "editor-dialog", "aria-label": word("picture") },
    make(
      "form",
      { method: "dialog", class: "form" },
      make("img", { src, alt: "", class: "editor-dialog-picture" }),
      field(word("altAsk"), words),
      make("p", { class: "cluster" }, button(isNew ? "altSet" : "altSave", "set"), cancel()),
    ),
  );
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    dialog.querySelector("form").requestSubmit(dialog.querySelector("button[value=set]"));
  });
  return (await answered(dialog)) === "set" ? words.value.trim().replace(/\s+/g, " ") : null;
}
