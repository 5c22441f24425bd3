// While somebody chooses in the library: how many methods that would find, before the page is asked for.
// Without this module the button finds them all the same.

const WAIT = 300; // milliseconds after the last choice

const form = document.querySelector(".library-choices");
const status = form.querySelector("[data-fits]");
let waiting = 0;
let asking = new AbortController();

/** What the form would ask for, without what is not chosen. */
function address() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  return `${location.pathname}?${new URLSearchParams(chosen)}`;
}

/** Nothing is said when it cannot be known: the page that is shown is right. */
async function ask({ aloud }) {
  asking.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address(), { headers: { Accept: "application/json" }, signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const { words, choices } = await answer.json();
    if (aloud) status.textContent = words;
    for (const box of form.querySelectorAll("input[type=checkbox][value]")) show(box, choices[box.name]);
    for (const option of form.elements.city?.options ?? []) {
      if (option.value) option.textContent = `${option.value} (${choices.city?.[option.value] ?? 0})`;
    }
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = "";
  }
}

/** Beside a choice of a list, for the eye: whoever listens hears the whole. */
function show(box, counts) {
  if (!counts && !box.closest(".library-list")) return;
  const label = box.closest("label");
  const count = label.querySelector(".choice-count") ?? document.createElement("span");
  count.className = "choice-count";
  count.setAttribute("aria-hidden", "true");
  count.textContent = ` ${counts?.[box.value] ?? 0}`;
  if (!count.isConnected) label.append(count);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => ask({ aloud: true }), WAIT);
}

form.addEventListener("input", later);
form.addEventListener("submit", () => clearTimeout(waiting));
const further = form.querySelector("details");
if (further.open) ask({ aloud: false });
further.addEventListener("toggle", () => further.open && ask({ aloud: false }), { once: true });
