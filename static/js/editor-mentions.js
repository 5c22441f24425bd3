// "@" and the beginning of a name offer the people one may mention here.

import { Extension, Plugin } from "prose-editor";
import { make, word } from "courtyard/composer-words";

const BEGINNING = /(?:^|[\s(„"'])@([\p{L}\p{N}][\p{L}\p{N}.'-]{0,30}(?: [\p{L}][\p{L}'-]{0,20})?)$/u;
const PAUSE = 150;

export const Mentions = Extension.create({
  name: "mentions",
  addOptions: () => ({ form: null }),
  addProseMirrorPlugins() {
    return [listening(new List(this.editor, this.options.form, PEOPLE))];
  },
});

export function listening(list) {
  return new Plugin({
    props: { handleKeyDown: (_view, event) => list.key(event) },
    view: () => ({ update: () => list.look(), destroy: () => list.close() }),
  });
}

/** What is typed before a name, and what to do with the one that is taken. */
const PEOPLE = {
  id: "mentions",
  lead: "@",
  pattern: BEGINNING,
  label: "mentionList",
  read: ({ members }) => members,
  row: ({ name, line }) => ({ name, line }),
  node: ({ username, name }) => ({ type: "member", attrs: { "data-member": username, name } }),
};

/** Offers names while one is typed: `kind` says which (see PEOPLE); the form's data of its id, where to ask. */
export class List {
  constructor(editor, form, kind) {
    this.editor = editor;
    this.form = form;
    this.kind = kind;
    this.members = [];
    this.chosen = 0;
    this.refused = ""; // closed with Escape: not again for the same word
  }

  /** What has been typed after the last sign before the cursor: {from, words}. */
  get beginning() {
    const { $from, empty } = this.editor.state.selection;
    if (!empty || $from.parent.type.spec.code) return null;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
    const words = before.match(this.kind.pattern)?.[1];
    return words ? { from: $from.pos - words.length - this.kind.lead.length, words } : null;
  }

  look() {
    const { beginning } = this;
    if (!beginning || !this.editor.isFocused) {
      this.close();
      return;
    }
    if (beginning.words === this.asked || beginning.words === this.refused) return;
    this.asked = beginning.words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(beginning.words), PAUSE);
  }

  async ask(words) {
    const query = new URLSearchParams({ place: this.form.dataset.place, q: words });
    try {
      const answer = await fetch(`${this.form.dataset[this.kind.id]}?${query}`, { headers: { Accept: "application/json" } });
      const found = this.kind.read(await answer.json());
      if (this.beginning?.words === words) this.show(found);
    } catch {
      this.close();
    }
  }

  show(members) {
    if (!members.length) {
      this.hide();
      return;
    }
    this.members = members;
    this.chosen = 0;
    this.popup ??= make("ul", { class: "mention-list", role: "listbox", id: `${this.form.id}-${this.kind.id}` });
    this.popup.setAttribute("aria-label", word(this.kind.label));
    this.popup.replaceChildren(
      ...members.map(this.kind.row).map(({ name, line }, index) =>
        make(
          "li",
          {
            role: "option",
            id: `${this.popup.id}-${index}`,
            on: {
              mousedown: (event) => {
                event.preventDefault();
                this.take(index);
              },
            },
          },
          make("span", { class: "mention-name", text: name }),
          ...(line ? [make("span", { class: "soft", text: ` ${line}` })] : []),
        ),
      ),
    );
    const holder = this.editor.view.dom.closest(".editor");
    holder.append(this.popup);
    const caret = this.editor.view.coordsAtPos(this.beginning.from);
    const box = holder.getBoundingClientRect();
    this.popup.style.top = `${caret.bottom - box.top}px`;
    this.popup.style.left = `${Math.max(0, Math.min(caret.left - box.left, box.width - this.popup.offsetWidth))}px`;
    this.mark();
  }

  mark() {
    [...this.popup.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
    });
    this.popup.children[this.chosen].scrollIntoView({ block: "nearest" });
    const { dom } = this.editor.view;
    dom.setAttribute("aria-controls", this.popup.id);
    dom.setAttribute("aria-autocomplete", "list");
    dom.setAttribute("aria-activedescendant", `${this.popup.id}-${this.chosen}`);
  }

  key(event) {
    if (!this.popup?.isConnected) return false;
    const { length } = this.members;
    if (event.key === "ArrowDown") this.chosen = (this.chosen + 1) % length;
    else if (event.key === "ArrowUp") this.chosen = (this.chosen + length - 1) % length;
    else if (event.key === "Enter" || event.key === "Tab") return this.take(this.chosen);
    else if (event.key === "Escape") {
      this.refused = this.asked;
      this.hide();
      return true;
    } else return false;
    this.mark();
    return true;
  }

  take(index) {
    const { beginning } = this;
    const node = this.kind.node(this.members[index]);
    this.close();
    if (!beginning) return false;
    return this.editor
      .chain()
      .focus()
      .insertContentAt({ from: beginning.from, to: this.editor.state.selection.from }, [
        node,
        { type: "text", text: " " },
      ])
      .run();
  }

  hide() {
    this.popup?.remove();
    const { dom } = this.editor.view;
    for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) dom.removeAttribute(name);
  }

  close() {
    clearTimeout(this.timer);
    this.asked = "";
    if (!this.beginning) this.refused = "";
    if (this.popup?.isConnected) this.hide();
  }
}
