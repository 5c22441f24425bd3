// The steps of a method as rows: one empty row at a time, moved by buttons, Alt and arrows, or a hand; taken out with a
// way back; their minutes added up.

import { make } from "courtyard/composer-words";

const MOST = 40;
let words;

export function say(key, values = {}) {
  words ??= JSON.parse(document.getElementById("step-words")?.textContent || "{}");
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export class Steps {
  constructor(list, changed) {
    this.list = list;
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
    this.panel.form?.addEventListener("input", (event) => /^minutes_/.test(event.target.name) && this.total());
    this.settle();
  }

  get rows() {
    return [...this.list.children];
  }

  /** One empty row at the end, every row with its tools, its number and its names. */
  settle() {
    for (const row of this.rows) if (isEmpty(row) && row !== this.rows.at(-1) && !row.contains(document.activeElement)) row.remove();
    if (this.rows.length < MOST && !(this.rows.length && isEmpty(this.rows.at(-1)))) this.list.append(this.pattern.cloneNode(true));
    const count = this.rows.length;
    this.rows.forEach((row, index) => {
      if (!row.querySelector(".step-tools")) this.equip(row);
      rename(row, index);
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
    this.add.hidden = count >= MOST;
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
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    this.move(event.target.closest(".step-row"), by, event.target);
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
      row.querySelector("input").focus();
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
    const spans = this.rows.map((row) => span(value(row, "min"), value(row, "max"))).filter(Boolean);
    const sum = [0, 1].map((side) => spans.reduce((all, each) => all + each[side], 0));
    const { minutes_min: low, minutes_max: high } = this.panel.form?.elements ?? {};
    const stated = span(low?.value, high?.value);
    const said = [say("sum", { sum: figures(sum) })];
    if (stated && figures(stated) !== figures(sum)) said.push(say("stated", { stated: figures(stated) }));
    this.sum.textContent = spans.length ? said.join(" ") : "";
  }

  /** Room for the steps among `fields`; the values are the form's business. */
  fill(fields) {
    const numbers = Object.keys(fields).map((name) => Number(/^step-(\d+)-/.exec(name)?.[1] ?? -1));
    const rows = Math.max(-1, ...numbers) + 1;
    while (this.rows.length > rows) this.list.lastElementChild.remove();
    while (this.rows.length < rows) this.list.append(this.pattern.cloneNode(true));
    this.rows.forEach(rename);
  }
}

const fieldsOf = (row) => [...row.querySelectorAll("input, textarea")].filter((each) => !each.name.endsWith("-place"));
const isEmpty = (row) => fieldsOf(row).every((each) => !each.value.trim());
const value = (row, part) => row.querySelector(`[name$="-${part}"]`).value;
const middle = (row) => row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2;
const figures = ([low, high]) => (low === high ? `${low}` : `${low}–${high}`);

function span(low, high) {
  const [least, most] = [low, high].map((each) => (/^\d+$/.test(each?.trim() ?? "") ? Number(each) : null));
  return least === null && most === null ? null : [least ?? most, most ?? least];
}

function empty(row) {
  for (const field of row.querySelectorAll("input, textarea")) {
    field.value = field.defaultValue = "";
    field.removeAttribute("aria-invalid");
  }
  row.classList.remove("is-wrong");
}

/** Names, ids and labels say the place a row stands at. */
function rename(row, index) {
  for (const each of row.querySelectorAll("[name^=step-], [for^=step-]")) {
    for (const attribute of ["name", "id", "for"]) {
      const now = each.getAttribute(attribute);
      if (now) each.setAttribute(attribute, now.replace(/^step-\d+/, `step-${index}`));
    }
  }
  row.querySelector('[name$="-place"]').value = index + 1;
}
