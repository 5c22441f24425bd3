// The page's side of changes: whatever stands in [data-follow] is followed from [data-since] on. The truth is
// /changes/; the socket only brings it sooner. Anything but the next number means something was missed: fetch.

import { Line } from "courtyard/live-line";
import { cameBack, denied, isPaused, offerSwitch } from "courtyard/live-news";
import { apply, exchange, exchangeRows, tell } from "courtyard/live-page";

const POLL = 15_000; // without a socket
const POLL_HIDDEN = 60_000;
const AWAY = 3_000; // shorter absences are not worth a word
const QUIET = /^(member|inside|house):/; // beside another stream, which says it when one may read no more
const MORE = /^(member|inside|house|thread):/; // may come to a page that is open
const ROWS = "#threads, #posts, #desk-list, #desk-notes"; // updated row by row
const REGIONS = [ // all there are, for a page too far behind
  ...["#thread-head", "#thread-state", "#thread-conclusion", "#thread-tools", "#thread-act", "#posts", "#pager", "#count", "#composer", "#thread-readers", "#mine"],
  ...["#community-head", "#list-bar", "#threads", "#list-pager", "#members", "#requests", "#my-communities"],
  ...["#desk-head", "#desk-list", "#desk-count", "#desk-hands", "#desk-reports", "#desk-notes", "#desk-answer"],
  ...["#bell-count", "#notices", "#following", "#followings", "#muted", "#muting", "#move-answers"],
];

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
const some = (most) => pause(Math.random() * most);

// Regions only the server can print for this reader: one fetch for all that were asked meanwhile, never two at once.

const stale = new Set();
let refreshing = false;

async function refresh(...targets) {
  for (const target of targets) if (document.querySelector(target)) stale.add(target);
  if (refreshing) return;
  refreshing = true;
  for (let failures = 0; stale.size > 0; ) {
    await some(failures ? Math.min(30_000, 1000 * 2 ** failures) : 300);
    const asked = [...stale];
    stale.clear();
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
    if (!answer || answer.status >= 500) {
      for (const target of asked) stale.add(target);
      failures += 1;
      continue;
    }
    failures = 0;
    if (!answer.ok) continue; // no longer ours, which the stream itself will say
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/threads/")) history.replaceState(null, "", answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    followMore(page);
    for (const target of asked) renew(document.querySelector(target), page.querySelector(target));
  }
  refreshing = false;
}

function renew(old, fresh) {
  if (!old || !fresh) return;
  if (old.matches(ROWS)) exchangeRows(old, document.adoptNode(fresh));
  else if (!exchange(old, document.adoptNode(fresh))) tell(old, fresh);
}

// Streams

class Stream {
  #fetching = false;
  #again = false;

  constructor(element) {
    this.element = element;
    this.key = element.dataset.follow;
    this.ended = false;
  }

  get seen() {
    return Number(this.element.dataset.since);
  }

  set seen(number) {
    this.element.dataset.since = number;
  }

  take(news) {
    if (isPaused() || this.ended) return;
    if (news.gap) {
      this.seen = news.head;
      refresh(...REGIONS);
      return;
    }
    for (const change of news.changes) {
      if (change.n <= this.seen) continue;
      if (change.n !== this.seen + 1) break;
      apply([change], refresh);
      this.seen = change.n;
    }
    this.hear(news.head);
  }

  hear(head) {
    if (head > this.seen && !isPaused()) this.catchUp();
  }

  async catchUp() {
    this.#again = true;
    if (this.#fetching) return;
    this.#fetching = true;
    for (let failures = 0; this.#again && !this.ended && !isPaused(); ) {
      this.#again = false;
      await some(failures ? Math.min(30_000, 1000 * 2 ** failures) : 400);
      const address = `/changes/?${new URLSearchParams({ stream: this.key, since: this.seen })}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (answer?.ok) {
        failures = 0;
        this.take(await answer.json());
      } else if (answer?.status === 404) {
        this.end();
      } else if (answer?.status !== 400) {
        failures += 1;
        this.#again = true;
      }
    }
    this.#fetching = false;
  }

  end() {
    if (this.ended) return;
    this.ended = true;
    if (!QUIET.test(this.key)) denied();
  }
}

const streams = new Map();
let line;

function begin(element) {
  const stream = new Stream(element);
  streams.set(stream.key, stream);
  return stream;
}

function follow(some) {
  if (isPaused()) return;
  for (const { key, seen, ended } of some) {
    if (!ended) line.say({ type: "follow", stream: key, since: seen });
  }
}

// What this reader may hear since the page was opened: whoever comes into a community hears what its members do, and
// whose thread went into another one hears of that.
function followMore(page) {
  for (const element of page.querySelectorAll("[data-follow]")) {
    const { follow: key } = element.dataset;
    if (MORE.test(key) && (streams.get(key)?.ended ?? true)) {
      document.querySelector(`[data-follow="${key}"]`)?.remove();
      element.removeAttribute("id"); // there is one
      document.body.append(document.adoptNode(element));
      follow([begin(element)]);
    }
  }
}

function start() {
  let polled = performance.now();
  line = new Line({
    opened(missed) {
      follow(streams.values());
      if (missed > AWAY) cameBack();
    },
    heard(message) {
      const stream = streams.get(message.stream);
      if (message.type === "changes") stream?.take(message);
      else if (message.type === "head") stream?.hear(message.head);
      else if (message.type === "denied") stream?.end();
    },
  });
  offerSwitch(() => {
    if (line.isOpen) follow(streams.values());
    else for (const stream of streams.values()) stream.catchUp();
  });
  setInterval(() => {
    if (line.isOpen || performance.now() - polled < (document.hidden ? POLL_HIDDEN : POLL)) return;
    polled = performance.now() + Math.random() * 3_000;
    for (const stream of streams.values()) stream.catchUp();
  }, 2_000);
}

for (const element of document.querySelectorAll("[data-follow]")) {
  if (!streams.has(element.dataset.follow)) begin(element); // a page that shows a stream read its number first
}
if (streams.size > 0) start();
