// How the reader learns of it, quietly: at the end of the page new replies simply stand there; elsewhere they gather
// in a pill. One polite voice, at most once in ten seconds. And a switch, remembered, that holds everything still.

import { counted, word } from "courtyard/live-words";

const SILENCE = 10_000;
const REMEMBERED = "courtyard.live";
const AT_END = 80; // pixels below the window's edge that still count as the end

const pill = Object.assign(document.createElement("button"), { type: "button", className: "pill", hidden: true });
let elsewhere = []; // ids of new posts that stand on a later page
let heard = 0;
let returned = false;
let spokenAt = -SILENCE;
let speaking = null;

// Posts

const waiting = () => [...document.querySelectorAll("#posts > [data-number][hidden]")];

function atEnd(list) {
  const last = [...list.children].findLast((post) => !post.hidden);
  if (!last) return true;
  const { bottom } = last.getBoundingClientRect();
  return bottom > 0 && bottom <= window.innerHeight + AT_END;
}

// Nobody's line moves while they write, and nobody's page while they read further up.
export function mayAppear(list) {
  return waiting().length === 0 && atEnd(list) && !document.activeElement?.closest("form[data-place]");
}

export function arrived(list, post, id) {
  if (!post) elsewhere.push(id);
  if (!post || post.hidden) showPill(list);
  heard += 1;
  speakSoon();
}

function showPill(list) {
  if (!pill.isConnected) list.after(pill);
  const count = waiting().length + elsewhere.length;
  pill.hidden = count === 0;
  pill.textContent = counted("replies", count);
}

function reveal({ focus }) {
  const posts = waiting();
  for (const post of posts) post.hidden = false;
  const [first] = posts;
  if (first && focus) {
    first.tabIndex = -1;
    first.focus();
    first.scrollIntoView({ block: "start" });
  } else if (focus && elsewhere.length > 0) {
    location.assign(`/posts/${elsewhere[0].replace("post-", "")}/`);
    return;
  }
  const list = document.getElementById("posts");
  if (list) showPill(list);
}

pill.addEventListener("click", () => reveal({ focus: true }));
let looking = false;
addEventListener("scroll", () => {
  if (looking || waiting().length === 0) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    const list = document.getElementById("posts");
    if (atEnd(list) && !document.activeElement?.closest("form[data-place]")) reveal({ focus: false });
  });
}, { passive: true });

// The voice

export function cameBack() {
  returned = true;
  speakSoon();
}

function speakSoon() {
  speaking ??= setTimeout(speak, Math.max(1000, spokenAt + SILENCE - performance.now()));
}

function speak() {
  speaking = null;
  const parts = [returned ? word("back") : "", heard ? counted("replies", heard) : ""].filter(Boolean);
  const status = document.getElementById("live-status");
  returned = false;
  heard = 0;
  if (!status || parts.length === 0) return;
  spokenAt = performance.now();
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = parts.join(", ");
  });
}

// The switch, and how the line is

const state = Object.assign(document.createElement("span"), { className: "live-state" });
const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
const controls = Object.assign(document.createElement("p"), { className: "live-controls soft cluster" });
const place = document.querySelector("[data-live-controls]");
let connected = true;

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "paused";
  } catch {
    return false;
  }
}

let paused = remembered();
export const isPaused = () => paused;

function show() {
  button.textContent = word(paused ? "resume" : "pause");
  state.textContent = paused ? word("paused") : word(connected ? "live" : "offline");
  controls.hidden = !place && !paused; // where nobody waits for replies, only what is out of the ordinary
}

export function lineIs(open) {
  connected = open;
  show();
}

export function offerSwitch(changed) {
  const turn = (to) => {
    paused = to;
    show();
    if (!paused) changed();
  };
  button.addEventListener("click", () => {
    turn(!paused);
    try {
      localStorage.setItem(REMEMBERED, paused ? "paused" : "");
    } catch {
      // a browser that remembers nothing still pauses this page
    }
  });
  addEventListener("storage", (event) => event.key === REMEMBERED && turn(remembered()));
  controls.append(state, button);
  (place ?? document.getElementById("main")).append(controls);
  show();
}

// An end

export function denied() {
  const notice = Object.assign(document.createElement("p"), { className: "notice warn denied", textContent: word("denied") });
  notice.setAttribute("role", "status");
  document.getElementById("main").prepend(notice);
  pill.remove();
}
