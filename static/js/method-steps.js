// The steps of a method, and the parts of a plan, as rows: one empty row at a time, moved by buttons, Alt and arrows, or
// a hand; taken out with a way back; their minutes added up. The list says how many rows there may be, and how their
// names begin.

import { make } from "courtyard/composer-words";

let words;

export function say(key, values = {}) {
  words ??= Object.assign({}, ...["step-words", "block-words"].map(read));
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

export class Steps {
  constructor(list, changed) {
    this.list = list;
    this.most = Number(list.dataset.mostRows) || 40;
    this.prefix = list.dataset.rows || "step";
    this.changed = changed;
    this.pattern = list.lastElementChild.cloneNode(true);
    empty(this.pattern);
    this.panel = list.closest("fieldset");
    for (const each of this.panel.querySelectorAll("[data-plain]")) each.hidden = true;
    for (const each of this.pattern.querySelectorAll("[data-plain]")) each.hidden = true;
    this.status = make("p", { class: "step-said", role: "status" });
    this.sum = make("p", { class: "help step-sum" });
    this.add = make("button", { type: "button", class: "button quiet", text: say("add"), on: { click: () => this.grow() } });
    list.after(this.status, this.sum, make("p", {}, this.add));
    list.addEventListener("input", () => this.settle());
    list.addEventListener("keydown", (event) => this.pressed(event));
    this.panel.form?.addEventListener("input", (event) => /^minutes(_|$)/.test(event.target.name) && this.total());
    this.settle();
  }

  get rows() {
    return [...this.list.children];
  }

  /** One empty row at the end, every row with its tools, its number and its names. */
  settle() {
    for (const row of this.rows) if (isEmpty(row) && row !== this.rows.at(-1) && !row.contains(document.activeElement)) row.remove();
    if (this.rows.length < this.most && !(this.rows.length && isEmpty(this.rows.at(-1)))) this.list.append(this.pattern.cloneNode(true));
    const count = this.rows.length;
    this.rows.forEach((row, index) => {
      if (!row.querySelector(".step-tools")) this.equip(row);
      this.rename(row, index);
      const blank = isEmpty(row);
      const tools = row.querySelectorAll(".step-tools button");
      for (const tool of tools) {
        tool.setAttribute("aria-label", say(tool.dataset.does, { n: index + 1 }));
        tool.title = tool.getAttribute("aria-label");
        tool.hidden = blank;
      }
      const told = blank ? count : this.rows.filter((each) => !isEmpty(each)).length;
      row.querySelector("[data-does=up]").disabled = index === 0;
      row.querySelector("[data-does=down]").disabled = index >= told - 1;
    });
    this.add.hidden = count >= this.most;
    this.total();
  }

  equip(row) {
    const tool = (does, sign, click) => make("button", { type: "button", class: "step-tool", "data-does": does, text: sign, on: { click } });
    const handle = tool("drag", "⠿", () => {});
    handle.tabIndex = -1;
    handle.addEventListener("pointerdown", (event) => this.drag(event, row, handle));
    row.prepend(
      make(
        "div",
        { class: "step-tools" },
        handle,
        tool("up", "↑", (event) => this.move(row, -1, event.currentTarget)),
        tool("down", "↓", (event) => this.move(row, 1, event.currentTarget)),
        tool("remove", "✕", () => this.remove(row)),
      ),
    );
  }

  grow() {
    const last = this.rows.at(-1);
    if (!isEmpty(last)) this.settle();
    this.rows.at(-1).querySelector("input").focus();
  }

  pressed(event) {
    if (event.key === "Enter" && !event.defaultPrevented && !event.isComposing && event.target.matches("input")) return this.next(event);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    this.move(event.target.closest(".step-row"), by, event.target);
  }

  /** Enter goes on to the next row: the form's first button would send it, half written, and lose one's place. */
  next(event) {
    event.preventDefault();
    this.settle();
    event.target.closest(".step-row").nextElementSibling?.querySelector("input:not([type=hidden])").focus();
  }

  move(row, by, focus) {
    const index = this.rows.indexOf(row);
    const other = this.rows[index + by];
    if (isEmpty(row) || !other || isEmpty(other)) return;
    if (by < 0) other.before(row);
    else other.after(row);
    this.moved(row);
    (focus.disabled ? row.querySelector(".step-tools button:not(:disabled):not([tabindex])") : focus).focus();
  }

  moved(row) {
    this.settle();
    const told = this.rows.filter((each) => !isEmpty(each));
    this.tell(say("moved", { n: this.rows.indexOf(row) + 1, count: told.length }));
    this.changed();
  }

  tell(...said) {
    this.status.replaceChildren(...said);
  }

  remove(row) {
    const index = this.rows.indexOf(row);
    row.remove();
    this.settle();
    const undo = make("button", { type: "button", class: "link-button", text: say("undo") });
    undo.addEventListener("click", () => {
      if (this.rows[index]) this.rows[index].before(row);
      else this.list.append(row);
      this.settle();
      this.tell(say("back", { n: index + 1 }));
      row.querySelector("input:not([type=hidden])").focus();
      this.changed();
    });
    this.tell(say("removed", { n: index + 1 }), " ", undo);
    undo.focus();
    this.changed();
  }

  /** A hand takes the row along; it stands where the middle of another is passed. */
  drag(event, row, handle) {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const place = ({ clientY }) => {
      const others = this.rows.filter((each) => each !== row && !isEmpty(each));
      const next = others.find((each) => clientY < middle(each));
      if (next ? next !== row.nextElementSibling : row !== others.at(-1)?.nextElementSibling) {
        if (next) next.before(row);
        else others.at(-1)?.after(row);
      }
    };
    const end = () => {
      handle.removeEventListener("pointermove", place);
      row.classList.remove("is-dragged");
      this.moved(row);
    };
    handle.addEventListener("pointermove", place);
    handle.addEventListener("lostpointercapture", end, { once: true });
  }

  /** A hint beside what is stated for the whole, never a wall. */
  total() {
    const spans = this.spans();
    const sum = [0, 1].map((side) => spans.reduce((all, each) => all + each[side], 0));
    const { minutes_min: low, minutes_max: high, minutes } = this.panel.form?.elements ?? {};
    const stated = span((low ?? minutes)?.value, (high ?? minutes)?.value);
    const said = [say("sum", { sum: figures(sum) })];
    if (stated && figures(stated) !== figures(sum)) said.push(say("stated", { stated: figures(stated) }));
    this.sum.textContent = spans.length ? said.join(" ") : "";
  }

  /** The minutes of each row, lowest and highest; of rows with tracks that follow each other, of the longest track. */
  spans() {
    if (this.prefix === "step") return this.rows.map((row) => span(value(row, "min"), value(row, "max"))).filter(Boolean);
    const found = [];
    let tracks = null;
    for (const row of this.rows) {
      const minutes = span(value(row, "minutes"))?.[0] ?? 0;
      const track = value(row, "track");
      if (!track) tracks = null;
      else if (!tracks) found.push((tracks = {}));
      if (track) tracks[track] = (tracks[track] ?? 0) + minutes;
      else if (minutes) found.push({ alone: minutes });
    }
    return found.map((each) => Math.max(...Object.values(each))).filter(Boolean).map((each) => [each, each]);
  }

  /** Room for the steps among `fields`; the values are the form's business. */
  fill(fields) {
    const numbers = Object.keys(fields).map((name) => Number(new RegExp(`^${this.prefix}-(\\d+)-`).exec(name)?.[1] ?? -1));
    const rows = Math.max(-1, ...numbers) + 1;
    if (this.list.querySelector("[name$='-ref']")) this.arrange(fields, rows);
    while (this.rows.length > rows) this.list.lastElementChild.remove();
    while (this.rows.length < rows) this.list.append(this.pattern.cloneNode(true));
    this.rows.forEach((row, index) => this.rename(row, index));
  }

  /** Rows that name a method stand where `fields` has it; one the page does not show is told by its address. */
  arrange(fields, count) {
    const shown = new Map(this.rows.map((row) => [value(row, "ref"), row]).filter(([ref]) => ref));
    const wanted = Array.from({ length: count }, (_, index) => {
      const ref = fields[`${this.prefix}-${index}-ref`];
      const known = shown.get(ref);
      shown.delete(ref);
      if (!known && ref?.includes("@")) fields[`${this.prefix}-${index}-title`] = `/methods/${ref.split("@")[0]}/`;
      return known ?? this.pattern.cloneNode(true);
    });
    this.list.replaceChildren(...wanted);
  }

  /** Names, ids and labels say the place a row stands at. */
  rename(row, index) {
    const { prefix } = this;
    for (const each of row.querySelectorAll(`[name^=${prefix}-], [for^=${prefix}-]`)) {
      for (const attribute of ["name", "id", "for"]) {
        const now = each.getAttribute(attribute);
        if (now) each.setAttribute(attribute, now.replace(/^\w+-\d+/, `${prefix}-${index}`));
      }
    }
    row.querySelector('[name$="-place"]').value = index + 1;
  }
}

const OF_THE_ROW = /-(place|track)$/; // says nothing alone
const fieldsOf = (row) => [...row.querySelectorAll("input, textarea, select")].filter((each) => !OF_THE_ROW.test(each.name));
const isEmpty = (row) => fieldsOf(row).every((each) => !each.value.trim());
const value = (row, part) => row.querySelector(`[name$="-${part}"]`)?.value ?? "";
const middle = (row) => row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2;
const figures = ([low, high]) => (low === high ? `${low}` : `${low}–${high}`);

function span(low, high) {
  const [least, most] = [low, high].map((each) => (/^\d+$/.test(each?.trim() ?? "") ? Number(each) : null));
  return least === null && most === null ? null : [least ?? most, most ?? least];
}

function empty(row) {
  for (const field of row.querySelectorAll("input, textarea, select")) {
    field.value = "";
    if (field.matches("select")) for (const each of field.options) each.defaultSelected = false;
    else field.defaultValue = "";
    field.removeAttribute("aria-invalid");
  }
  row.classList.remove("is-wrong");
}
