// What a change does to the page. Every operation may come twice and does no harm the second time, and none touches
// what somebody is writing.

import { arrived, mayAppear } from "courtyard/live-news";

const FIELDS = "textarea, [contenteditable=true], input:not([type]), input[type=text], input[type=search], input[type=email]";
const TYPED = "textarea, input:not([type=hidden]), select"; // in [data-kept]: whatever was chosen or typed there
const CONTROLS = "a[href], button, summary, input, select, textarea, [tabindex]";

export function holdsWriting(element) {
  const active = document.activeElement;
  if (active && element.contains(active) && active.matches(FIELDS)) return true;
  if (element.matches("[data-kept]") && [...element.querySelectorAll(TYPED)].some(isTouched)) return true;
  const fields = [...element.querySelectorAll("form[data-place]")].flatMap((form) => [...form.querySelectorAll(FIELDS)]);
  return fields.some((field) => (field.value ?? field.textContent).trim() !== "");
}

function isTouched(field) {
  if (field.matches("select")) return field.selectedIndex !== Math.max([...field.options].findIndex((each) => each.defaultSelected), 0);
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function applied(root) {
  window.htmx?.process(root);
  document.dispatchEvent(new CustomEvent("courtyard:applied", { detail: { root } }));
}

// Runs `exchange`, and puts the focus back on what stands where it stood.
function keepingFocus(before, after, exchange) {
  const active = document.activeElement;
  const place = before.contains(active) ? [before, ...before.querySelectorAll(CONTROLS)].indexOf(active) : -1;
  const open = [...before.querySelectorAll("details")].map((details) => details.open);
  const picked = [...before.querySelectorAll("input:checked[id]")].map(({ id }) => id);
  exchange();
  applied(after);
  after.querySelectorAll("details").forEach((details, index) => {
    details.open = open[index] ?? details.open;
  });
  for (const box of after.querySelectorAll("input[id]")) box.checked ||= picked.includes(box.id);
  if (place < 0) return;
  const heir = [after, ...after.querySelectorAll(CONTROLS)][place] ?? after;
  if (heir === after) after.tabIndex = -1;
  heir.focus({ preventScroll: true });
}

export function exchange(old, fresh) {
  if (holdsWriting(old)) return false;
  fresh.hidden = fresh.hidden || (old.hidden && old.matches("[data-number]")); // not shown yet, so not yet
  keepingFocus(old, fresh, () => old.replaceWith(fresh));
  return true;
}

// What somebody is writing stays; that it can no longer be sent here is said below it, where it moves no line.
export function tell(old, fresh) {
  old.querySelector(":scope > .notice")?.remove();
  const note = fresh.querySelector("form") ? null : fresh.querySelector("p");
  if (!note) return;
  note.className = "notice warn";
  note.setAttribute("role", "status");
  old.append(note);
}

// The same but for what the page itself filled in.
function signature(row) {
  const copy = row.cloneNode(true);
  for (const time of copy.querySelectorAll("time")) {
    time.textContent = "";
    time.removeAttribute("title");
  }
  return copy.outerHTML;
}

// A list row by row: rows that stay keep their place in the reader's hands, and the one with the focus is never moved.
export function exchangeRows(list, fresh) {
  for (const { name, value } of fresh.attributes) list.setAttribute(name, value);
  const shown = new Map([...list.children].filter((row) => row.id).map((row) => [row.id, row]));
  const wanted = [...fresh.children].map((row) => {
    const old = shown.get(row.id);
    if (!old) return row;
    if (signature(old) === signature(row) || !exchange(old, row)) return old;
    return row;
  });
  for (const row of [...list.children]) if (!wanted.includes(row)) row.remove();
  wanted.forEach((row, index) => {
    const here = list.children[index];
    if (here === row) return;
    if (row.contains(document.activeElement)) {
      while (list.children[index] !== row) list.append(list.children[index]);
    } else {
      list.insertBefore(row, here ?? null);
    }
  });
  applied(list);
}

function append(op, list, refresh) {
  const known = document.getElementById(op.id);
  if (known) {
    exchange(known, parsed(op.html));
    return;
  }
  if (op.number !== undefined && list.dataset.last !== undefined) {
    const last = Number(list.dataset.last);
    if (op.number <= last) return;
    if (op.number !== last + 1 || last - Number(list.dataset.first) + 1 >= Number(list.dataset.pageSize)) {
      apply(op.otherwise ?? [], refresh);
      arrived(list, null, op.id);
      return;
    }
    list.dataset.last = op.number;
    const here = document.querySelector("#pager [aria-current] span"); // this page grew: "21", "21–22"
    if (here) here.textContent = `${list.dataset.first}–${op.number}`;
  }
  const fresh = parsed(op.html);
  fresh.hidden = op.number !== undefined && !mayAppear(list);
  list.append(fresh);
  applied(fresh);
  if (op.number !== undefined) arrived(list, fresh, op.id);
}

function remove(element) {
  if (holdsWriting(element)) return;
  const heir = element.contains(document.activeElement) ? element.parentElement : null;
  element.remove();
  if (!heir) return;
  heir.tabIndex = -1;
  heir.focus({ preventScroll: true });
}

// `refresh(target)` is asked for what only the server can say about this page.
export function apply(ops, refresh) {
  for (const op of ops) {
    const target = document.querySelector(op.target);
    if (op.op === "refresh") refresh(op.target);
    else if (target && op.op === "append") append(op, target, refresh);
    else if (target && op.op === "remove") remove(target);
    else if (target && op.op === "replace") exchange(target, parsed(op.html));
    else if (target && op.op === "prepend" && !document.getElementById(op.id)) {
      const fresh = parsed(op.html);
      target.prepend(fresh);
      applied(fresh);
    }
    apply(op.also ?? [], refresh);
  }
}
