// The editor: takes a composer's plain field over, and gives the same field a formatted text. It is loaded when somebody
// begins to write; when it cannot be, the plain field goes on.

import { Editor } from "prose-editor";
import { ask } from "courtyard/composer-fetch";
import { make, word } from "courtyard/composer-words";
import { askLink } from "courtyard/editor-dialogs";
import { Mentions } from "courtyard/editor-mentions";
import { MethodNames } from "courtyard/editor-methods";
import { extensionsFor } from "courtyard/editor-nodes";
import { tidied } from "courtyard/editor-paste";
import { addPictures, picturesIn } from "courtyard/editor-pictures";
import { buildToolbar } from "courtyard/editor-toolbar";

const CALM = 350;
const QUOTE = />>(\d+(?:\.\d+(?::\d+-\d+)?)?)/;
const MARKED = /[*_`#>[\]<&\\~|@]|:\/\/|^(?: {4}|\t)|^\s*(?:\d+[.)]|[-+]|[-=]{2,})(?:\s|$)/mu;

/** Take over; resolves to {show, focus, insertQuote}. Throws, with the plain field untouched, when it cannot. */
export async function startEditor(composer) {
  const { form, body } = composer;
  const content = await contentOf(composer);
  const wasFocused = document.activeElement === body;
  const before = body.value.slice(0, body.selectionStart).replace(/\s/g, "").length;
  const isAtEnd = !body.value.slice(body.selectionStart).trim();
  const text = make("div", { class: "editor-text" });
  const editor = new Editor({
    element: text,
    content,
    injectCSS: false,
    extensions: [
      ...extensionsFor({ form, askLink: () => askLink(editor) }),
      Mentions.configure({ form }),
      MethodNames.configure({ form }),
    ],
    editorProps: {
      attributes: described(form, body),
      transformPastedHTML: tidied,
      handlePaste: (_view, event) => takeFiles(composer, editor, event, event.clipboardData),
      handleDrop: (view, event, _slice, moved) => {
        if (moved) return false;
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return takeFiles(composer, editor, event, event.dataTransfer, place?.pos);
      },
    },
  });
  const write = () => {
    body.value = editor.isEmpty ? "" : editor.getHTML();
    form.elements.body_format.value = "html";
  };
  editor.on("update", () => {
    write();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  });
  composer.draft.rephrase(write);
  body.hidden = true;
  form.classList.add("has-editor");
  form.querySelector(".composer-plain")?.setAttribute("hidden", "");
  form.querySelector(`label[for="${body.id}"]`)?.addEventListener("click", () => editor.commands.focus());
  body.before(make("div", { class: "editor" }, buildToolbar(editor, composer), text));
  const place = isAtEnd || !wasFocused ? editor.state.doc.content.size : placeAfter(editor.state.doc, before);
  editor.commands.setTextSelection(place);
  if (wasFocused) editor.view.focus(); // at once: the command waits for a frame, and keys pressed before it went nowhere
  return {
    engine: editor,
    focus: () => editor.commands.focus(),
    show: async (value, format) => {
      editor.commands.setContent(format === "html" ? value : await toHtml(composer, value), { emitUpdate: true });
    },
    insertQuote: (ref) =>
      editor
        .chain()
        .focus()
        .insertContent([{ type: "quotedPost", attrs: { "data-quote": ref } }, { type: "paragraph" }])
        .run(),
  };
}

function described(form, body) {
  const about = {
    id: `${body.id}_editor`,
    class: "body",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": form.querySelector(`label[for="${body.id}"]`)?.textContent.trim() || word("yourText"),
  };
  if (body.hasAttribute("aria-invalid")) about["aria-invalid"] = "true";
  if (form.querySelector(`#${body.id}_error`)) about["aria-describedby"] = `${body.id}_error`;
  return about;
}

/** The field's text as HTML, once nobody is typing in it and it did not change on the way. */
async function contentOf(composer) {
  const hand = new Hand(composer.body);
  try {
    for (;;) {
      await hand.rests();
      const { body, body_format: format } = composer.text;
      const html = format === "html" ? body : await toHtml(composer, body);
      if (composer.body.value === body && !hand.composes) return html;
    }
  } finally {
    hand.letGo();
  }
}

/** Whose hand is on the field: the exchange waits for a pause, and for a composed character (´e, 漢) to be whole. */
class Hand {
  constructor(field) {
    this.stop = new AbortController();
    this.composes = false;
    this.last = field.value ? performance.now() : -CALM;
    const { signal } = this.stop;
    const on = (name, composes) =>
      field.addEventListener(
        name,
        () => {
          this.last = performance.now();
          this.composes = composes ?? this.composes;
        },
        { signal },
      );
    on("input");
    on("compositionstart", true);
    on("compositionend", false);
  }

  async rests() {
    while (this.composes || performance.now() - this.last < CALM) {
      await new Promise((resolve) => setTimeout(resolve, CALM / 3));
    }
  }

  letGo() {
    this.stop.abort();
  }
}

/** Plain words here; anything that may be a sign is read by the server, whose reading counts. */
async function toHtml(composer, source) {
  const parts = source.replaceAll("\r\n", "\n").trim().split(/\n{2,}/);
  const isQuote = (part) => part.match(new RegExp(`^${QUOTE.source}$`));
  if (!parts.some((part) => !isQuote(part) && MARKED.test(part))) {
    const read = parts.filter(Boolean).map((part) => (isQuote(part) ? quoteHtml(isQuote(part)[1]) : paragraph(part)));
    return read.join("") + (isQuote(parts.at(-1)) ? "<p></p>" : ""); // what is said about a quote comes after it
  }
  const sent = new FormData(composer.form);
  sent.set("body", source);
  sent.set("body_format", "markdown");
  const answer = await ask(composer.form, composer.form.dataset.preview, { body: sent });
  const { stored } = await answer.json();
  if (!stored) throw new Error("this text cannot be formatted yet");
  return stored;
}

const quoteHtml = (ref) => `<blockquote data-quote="${ref}"></blockquote>`;

function paragraph(words) {
  const lines = words.split("\n").flatMap((line) => [document.createElement("br"), line]);
  return make("p", {}, ...lines.slice(1)).outerHTML;
}

/** The place in the document after so many visible characters. */
function placeAfter(doc, count) {
  if (!count) return 0;
  let left = count;
  let place = null;
  doc.descendants((node, position) => {
    if (place !== null || !node.isText) return place === null;
    for (let at = 0; at < node.text.length; at += 1) {
      if (/\S/.test(node.text[at])) left -= 1;
      if (left === 0) {
        place = position + at + 1;
        return false;
      }
    }
    return true;
  });
  return place ?? doc.content.size;
}

function takeFiles(composer, editor, event, data, position) {
  const files = picturesIn(data);
  if (!files.length) return false;
  event.preventDefault();
  addPictures(composer, editor, files, position);
  return true;
}
