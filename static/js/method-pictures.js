// The pictures of a card as rows: sent as soon as they are chosen, moved and taken out by buttons.

import { make, word } from "courtyard/composer-words";
import { upload } from "courtyard/editor-pictures";

const MOST = 12;
let words;

function say(key, values = {}) {
  words ??= JSON.parse(document.getElementById("picture-words")?.textContent || "{}");
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export class Pictures {
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    this.fold = form.querySelector("[data-pictures-of-card]");
    this.list = this.fold.querySelector(".picture-rows");
    this.pattern = this.fold.querySelector("template").content.firstElementChild;
    this.status = this.fold.querySelector("[role=status]");
    this.sending = null;
    this.file = this.fold.querySelector("input[type=file]");
    this.file.addEventListener("change", () => this.take([...this.file.files]));
    for (const each of this.fold.querySelectorAll("[data-plain]")) each.hidden = true;
    this.settle();
  }

  get rows() {
    return [...this.list.children];
  }

  /** Every row with its tools, its number and its names. */
  settle() {
    const count = this.rows.length;
    this.rows.forEach((row, index) => {
      if (!row.querySelector(".step-tools")) this.equip(row);
      rename(row, index);
      for (const tool of row.querySelectorAll(".step-tools button")) {
        tool.title = say(tool.dataset.does, { n: index + 1 });
        tool.setAttribute("aria-label", tool.title);
      }
      row.querySelector("[data-does=up]").disabled = index === 0;
      row.querySelector("[data-does=down]").disabled = index === count - 1;
    });
  }

  equip(row) {
    for (const each of row.querySelectorAll("[data-plain]")) each.hidden = true;
    const tool = (does, sign, click) => make("button", { type: "button", class: "step-tool", "data-does": does, text: sign, on: { click } });
    const tools = [
      tool("up", "↑", (event) => this.move(row, -1, event.currentTarget)),
      tool("down", "↓", (event) => this.move(row, 1, event.currentTarget)),
      tool("remove", "✕", () => this.remove(row)),
    ];
    row.prepend(make("div", { class: "step-tools" }, ...tools));
  }

  /** One after the other; each is a row when it has arrived. Whoever sends the form waits for them. */
  take(files) {
    this.file.value = "";
    this.sending = this.sendAll(files).finally(() => {
      this.sending = null;
    });
  }

  async sendAll(files) {
    for (const file of files) {
      if (this.rows.length >= MOST) return this.tell(say("enough", { most: MOST }));
      try {
        this.add((await upload({ form: this.form, say: (...said) => this.tell(...said) }, file)).url);
      } catch (error) {
        return this.tell(error.message || word("failed"));
      }
    }
    this.tell(say("arrived"));
    const isHere = [this.file, document.body].includes(document.activeElement); // and has not begun something else
    if (isHere) this.rows.at(-1)?.querySelector("[name^=picture-alt]").focus();
    return this.changed();
  }

  add(url) {
    const row = document.importNode(this.pattern, true);
    row.querySelector("img").src = url;
    this.list.append(row);
    this.settle();
    row.querySelector("[name^=picture-id]").value = url.split("/").at(-2);
    return row;
  }

  move(row, by, focus) {
    const other = this.rows[this.rows.indexOf(row) + by];
    if (by < 0) other.before(row);
    else other.after(row);
    this.settle();
    this.tell(say("moved", { n: this.rows.indexOf(row) + 1, count: this.rows.length }));
    (focus.disabled ? row.querySelector(".step-tools button:not(:disabled)") : focus).focus();
    this.changed();
  }

  remove(row) {
    const index = this.rows.indexOf(row);
    row.remove();
    this.settle();
    const undo = make("button", { type: "button", class: "link-button", text: word("undo") });
    undo.addEventListener("click", () => {
      if (this.rows[index]) this.rows[index].before(row);
      else this.list.append(row);
      this.settle();
      this.tell(say("back", { n: index + 1 }));
      row.querySelector("[name^=picture-alt]").focus();
      this.changed();
    });
    this.tell(say("removed", { n: index + 1 }), " ", undo);
    undo.focus();
    this.changed();
  }

  tell(...said) {
    this.status.replaceChildren(...said);
  }

  /** Rows for the pictures among `fields`; the other values are the form's business. */
  fill(fields) {
    const there = new Map(this.rows.map((row) => [row.querySelector("[name^=picture-id]").value, row]));
    const named = Object.keys(fields).map((name) => /^picture-id-(\d+)$/.exec(name)?.[1]).filter(Boolean);
    this.list.replaceChildren();
    for (const index of named.sort((one, other) => one - other)) {
      const id = fields[`picture-id-${index}`];
      if (there.has(id)) this.list.append(there.get(id));
      else this.add(`/pictures/${id}/`);
    }
    this.settle();
    if (named.length) this.fold.open = true;
  }
}

/** Names, ids and labels say the place a row stands at. */
function rename(row, index) {
  for (const each of row.querySelectorAll("[name^=picture-], [for^=picture-], [id^=picture-]")) {
    for (const attribute of ["name", "id", "for", "aria-describedby"]) {
      const now = each.getAttribute(attribute);
      if (now) each.setAttribute(attribute, now.replace(/^(picture-[a-z]+-)\d+/, `$1${index}`));
    }
  }
  row.querySelector("[name^=picture-place]").value = index + 1;
}
