// Single keys: j and k go from post to post, or from row to row of a list; "?" explains them; what stands in
// [data-key] has a key of its own. Never while somebody writes, never with Ctrl and the like, and only where somebody switched them on: to who speaks to the device they are a
// nuisance.

const REMEMBERED = "courtyard.keys";
const ITEMS = "#posts > article:not([hidden]), .thread-row, .desk-row";
const NEXT = "#pager li:has([aria-current]) + li a";
const PREVIOUS = "#pager li:has(+ li [aria-current]) a";
const WRITING = "input, textarea, select, [contenteditable=true], dialog";
const dialog = document.getElementById("keys");
const box = dialog?.querySelector("input");

function areOn() {
  try {
    return localStorage.getItem(REMEMBERED) === "on";
  } catch {
    return false;
  }
}

function turn(on) {
  try {
    localStorage.setItem(REMEMBERED, on ? "on" : "");
  } catch {
    box.checked = false; // a browser that remembers nothing
  }
}

function explain() {
  box.checked = areOn();
  dialog.showModal();
}

// Where the focus is, else where the eye is: the first item that is not above the window's edge.
function step(by) {
  const items = [...document.querySelectorAll(ITEMS)].filter((item) => item.getClientRects().length > 0);
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const seen = items.findIndex((item) => item.getBoundingClientRect().bottom > 0);
  const to = here < 0 ? (by > 0 ? seen : seen - 1) : here + by;
  const item = items[to];
  const target = item?.matches("#posts > *") ? item : item?.querySelector("a[href]");
  const goal = target ?? document.querySelector(by > 0 ? NEXT : PREVIOUS);
  if (!goal) return;
  if (goal === item) item.tabIndex = -1;
  goal.focus({ preventScroll: true });
  goal.scrollIntoView({ block: goal === item ? "start" : "nearest" });
}

// What may be pressed here by this key, or nothing: a letter or a figure.
function press(key) {
  const button = /^[0-9a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  return button && button.getClientRects().length > 0 ? () => button.click() : null;
}

const deeds = { j: () => step(1), k: () => step(-1), "?": explain };

if (dialog) {
  const opener = document.querySelector("[data-keys]");
  opener.hidden = false;
  opener.addEventListener("click", explain);
  box.addEventListener("change", () => turn(box.checked));
  document.addEventListener("keydown", (event) => {
    const deed = deeds[event.key] ?? press(event.key);
    if (!deed || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(WRITING) || !areOn()) return;
    event.preventDefault();
    deed();
  });
}
