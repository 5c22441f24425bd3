// Everyone gets the same articles; what is mine in them is filled in here, from #mine, and again after every change.

const source = document.querySelector("script#mine");
const mine = source ? JSON.parse(source.textContent) : null;
const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
const act = document.getElementById("act");

function decorate(post) {
  const pk = post.id.slice("post-".length);
  for (const button of post.querySelectorAll(".reaction")) {
    button.setAttribute("aria-pressed", String(mine.reactions[pk] === button.value));
  }
  const actions = post.querySelector(".post-actions");
  if (actions && post.dataset.author === mine.member && !actions.querySelector(".change-link")) {
    const link = Object.assign(document.createElement("a"), { className: "change-link", href: `/posts/${pk}/edit/` });
    link.textContent = words.change;
    actions.insertBefore(link, actions.querySelector(".more-link"));
  }
}

function count(post, kind, step) {
  const button = post.querySelector(`.reaction[value="${kind}"]`);
  if (!button) return;
  const shown = button.querySelector(".reaction-count");
  const number = Number(shown?.textContent || 0) + step;
  button.toggleAttribute("data-empty", number < 1);
  if (number < 1) shown?.remove();
  else if (shown) shown.textContent = number;
  else {
    const span = Object.assign(document.createElement("span"), { className: "reaction-count", textContent: number });
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
  const pk = post.id.slice("post-".length);
  const kind = mine.reactions[pk] === button.value ? "" : button.value;
  const before = turn(post, kind);
  const body = new URLSearchParams(new FormData(act));
  body.set("kind", kind);
  const answer = await fetch(button.formAction, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect" || answer?.ok) return;
  turn(document.getElementById(post.id) ?? post, before ?? "");
  document.getElementById("live-status").textContent = words.unsaid;
}

function fill(root = document) {
  if (root.matches?.("article.post")) decorate(root);
  for (const post of root.querySelectorAll("article.post[id]")) decorate(post);
}

if (mine) {
  fill();
  document.addEventListener("courtyard:applied", (event) => fill(event.detail?.root ?? document));
  act?.addEventListener("submit", react);
}
