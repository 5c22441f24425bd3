// The formatting buttons: one stop for the Tab key, arrows between them (Alt+F10 leads there, Escape back).

import { make, word } from "courtyard/composer-words";
import { askLink } from "courtyard/editor-dialogs";
import { choosePictures, editPicture } from "courtyard/editor-pictures";

const BUTTONS = [
  { key: "bold", run: (chain) => chain.toggleBold(), active: ["bold"] },
  { key: "italic", run: (chain) => chain.toggleItalic(), active: ["italic"] },
  { key: "list", run: (chain) => chain.toggleBulletList(), active: ["bulletList"] },
  { key: "numbered", run: (chain) => chain.toggleOrderedList(), active: ["orderedList"] },
  { key: "link", ask: (editor) => askLink(editor), active: ["link"] },
  {
    key: "picture",
    ask: (editor, composer) => (editor.isActive("picture") ? editPicture(editor) : choosePictures(composer, editor)),
    active: ["picture"],
  },
  { key: "quote", run: (chain) => chain.toggleBlockquote(), active: ["blockquote"] },
  { key: "heading", run: (chain) => chain.toggleHeading({ level: 3 }), active: ["heading", { level: 3 }] },
  { key: "subheading", run: (chain) => chain.toggleHeading({ level: 4 }), active: ["heading", { level: 4 }] },
  { key: "undo", run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  { key: "redo", run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
];

export function buildToolbar(editor, composer) {
  const offered = BUTTONS.filter(({ key }) => key !== "picture" || composer.form.dataset.pictures);
  const buttons = offered.map(({ key, run, ask }, index) =>
    make("button", {
      type: "button",
      class: `tool tool-${key}`,
      tabindex: index ? "-1" : "0",
      text: word(key),
      on: {
        // The selection and a phone's keyboard stay where they are.
        mousedown: (event) => event.preventDefault(),
        click: () => (ask ? ask(editor, composer) : run(editor.chain().focus()).run()),
      },
    }),
  );
  const toolbar = make(
    "div",
    { class: "composer-toolbar", role: "toolbar", "aria-label": word("formatting"), "aria-controls": editor.view.dom.id },
    ...buttons,
  );
  const stopAt = (button) => {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    button.focus();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    else if (next === undefined || at < 0) return;
    else stopAt(buttons.at(next % buttons.length));
    event.preventDefault();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return;
    event.preventDefault();
    stopAt(buttons.find((button) => button.tabIndex === 0));
  });
  const show = () => {
    offered.forEach(({ active, can }, index) => {
      if (active) buttons[index].setAttribute("aria-pressed", String(editor.isActive(...active)));
      if (can) buttons[index].setAttribute("aria-disabled", String(!can(editor)));
    });
  };
  editor.on("transaction", show);
  show();
  return toolbar;
}
