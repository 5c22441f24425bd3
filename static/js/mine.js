// Everyone gets the same articles; what is mine in them is filled in here, from #mine, and again after every change.

const source = document.querySelector("script#mine");
const mine = source ? JSON.parse(source.textContent) : null;
const unanswered = new Set(); // posts whose mark is on its way to the house
const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
const act = () => document.getElementById("act"); // another one when one comes into the community or goes

function decorate(post) {
  const pk = post.id.slice("post-".length);
  for (const button of post.querySelectorAll(".reaction")) {
    button.setAttribute("aria-pressed", String(mine.reactions[pk] === button.value));
  }
  const more = post.querySelector(".more-link");
  if (!more || !act()) return;
  const isMine = post.dataset.author === mine.member;
  post.classList.toggle("is-mine", isMine);
  if (isMine) more.before(make("a", { className: "change-link", href: `/posts/${pk}/edit/`, textContent: words.change }));
  more.replaceWith(menu(pk, isMine, more));
}

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

// "More" without leaving the page: the words not said yet, the post's address, and for one's own post its deletion.
function menu(pk, isMine, { childNodes: name }) {
  const kinds = isMine || "closed" in act().dataset ? [] : Object.keys(words.reactions);
  const items = kinds.map((kind) => reaction(pk, kind));
  const address = make("a", { href: `/posts/${pk}/`, className: "copy-link", textContent: words.copy });
  items.push(address);
  if (!("closed" in act().dataset)) items.push(make("a", { href: `/posts/${pk}/card/`, textContent: words.card }));
  if (mine.concludes && !("closed" in act().dataset)) items.push(make("a", { href: `/posts/${pk}/conclusion/`, textContent: words.conclude }));
  if (isMine) items.push(make("a", { href: `/posts/${pk}/deletion/`, textContent: words.delete }));
  const list = make("ul", {});
  for (const item of items) {
    const row = make("li", { className: item === address && items[0] !== address ? "apart" : "" });
    row.append(item);
    list.append(row);
  }
  const summary = make("summary", {});
  summary.append(...name);
  const details = make("details", { className: "menu more-menu" });
  details.append(summary, list);
  details.addEventListener("toggle", () => details.open && list.scrollIntoView({ block: "nearest" }));
  return details;
}

// As the house prints it, but for the count.
function reaction(pk, kind) {
  const button = make("button", { className: "reaction", value: kind, name: "kind", textContent: words.reactions[kind] });
  button.setAttribute("form", "act");
  button.setAttribute("formaction", `/posts/${pk}/reactions/`);
  button.setAttribute("aria-pressed", String(mine.reactions[pk] === kind));
  return button;
}

function say(text) {
  document.getElementById("live-status").textContent = text;
}

// Where the browser lets nobody copy, the address is simply followed.
async function copy(event) {
  const link = event.target.closest?.(".copy-link");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await navigator.clipboard.writeText(link.href);
  link.textContent = words.copied;
  say(words.copied);
}

function count(post, kind, step) {
  let button = post.querySelector(`.reactions [value="${kind}"]`);
  if (!button) {
    button = reaction(post.id.slice("post-".length), kind);
    post.querySelector(".reactions").append(button);
  }
  const shown = button.querySelector(".reaction-count");
  const number = Number(shown?.textContent || 0) + step;
  button.toggleAttribute("data-empty", number < 1);
  if (number < 1) shown?.remove();
  else if (shown) shown.textContent = number;
  else {
    const span = make("span", { className: "reaction-count", textContent: number });
    button.append(" ", span);
  }
}

function turn(post, kind) {
  const pk = post.id.slice("post-".length);
  const before = mine.reactions[pk];
  if (before) count(post, before, -1);
  if (kind) count(post, kind, 1);
  if (kind) mine.reactions[pk] = kind;
  else delete mine.reactions[pk];
  decorate(post);
  return before;
}

// Marks are optimistic: they show at once, and go back if the house says no.
async function react(event) {
  const button = event.submitter;
  const post = button?.closest("article.post");
  if (!button?.classList.contains("reaction") || !post) return;
  event.preventDefault();
  const opened = button.closest("details[open]");
  if (opened) {
    opened.open = false;
    opened.querySelector("summary").focus();
  }
  const pk = post.id.slice("post-".length);
  const kind = mine.reactions[pk] === button.value ? "" : button.value;
  const before = turn(post, kind);
  unanswered.add(pk);
  const body = new URLSearchParams(new FormData(event.target));
  body.set("kind", kind);
  const answer = await fetch(button.formAction, { method: "POST", body, redirect: "manual" }).catch(() => null);
  unanswered.delete(pk);
  if (answer?.type === "opaqueredirect" || answer?.ok) return;
  turn(document.getElementById(post.id) ?? post, before ?? "");
  say(words.unsaid);
}

// What I pressed on another page or device; what I pressed here this moment stands until the house has answered.
function learn(fresh) {
  for (const pk of unanswered) {
    if (mine.reactions[pk]) fresh.reactions[pk] = mine.reactions[pk];
    else delete fresh.reactions[pk];
  }
  Object.assign(mine, fresh);
  fill();
}

function fill(root = document) {
  if (root.matches?.("article.post")) decorate(root);
  for (const post of root.querySelectorAll("article.post[id]")) decorate(post);
}

if (mine) {
  fill();
  document.addEventListener("courtyard:applied", (event) => {
    const root = event.detail?.root ?? document;
    if (root.id === "mine") learn(JSON.parse(root.textContent));
    else fill(root);
  });
  document.addEventListener("submit", (event) => event.target.id === "act" && react(event));
  document.addEventListener("click", copy);
}
