// The socket, kept alive for as long as the page is: it asks again when the page wakes, notices a line that died
// without a word, and never stops trying, less and less often, never in step with others.

import { lineIs } from "courtyard/live-news";

const SLOWEST = 30_000;
const DEAD = 45_000; // the server speaks at least every 25 seconds
const ANSWER = 6_000; // and at once when asked

const jittered = (milliseconds) => milliseconds * (0.5 + Math.random());

export class Line {
  #socket = null;
  #attempts = 0;
  #timer = null;
  #heardAt = 0;
  #closedAt = null;

  // opened(missed): ask for everything, after `missed` milliseconds without a line; heard(message).
  constructor({ opened, heard }) {
    this.opened = opened;
    this.heard = heard;
    setInterval(() => this.#check(DEAD), 10_000);
    const wake = () => (document.hidden ? undefined : this.wake());
    document.addEventListener("visibilitychange", wake);
    addEventListener("pageshow", (event) => event.persisted && wake());
    addEventListener("online", wake);
    addEventListener("pagehide", () => this.#socket?.close()); // an open socket keeps a page from being kept
    this.#connect();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  say(message) {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  // The page may have slept: ask, and believe the line dead if nothing answers.
  wake() {
    if (!this.isOpen) {
      this.#attempts = 0;
      this.#again(Math.random() * 300);
      return;
    }
    const asked = performance.now();
    this.say({ type: "ping" });
    this.opened(0);
    setTimeout(() => this.#heardAt < asked && this.isOpen && this.#lost(this.#socket, 0), ANSWER);
  }

  #connect() {
    this.#timer = null;
    if (this.#socket?.readyState <= WebSocket.OPEN) return;
    const address = new URL("/ws/", location.href.replace(/^http/, "ws"));
    address.searchParams.set("language", document.documentElement.lang);
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#heardAt = performance.now();
      const missed = this.#closedAt === null ? 0 : performance.now() - this.#closedAt;
      this.#closedAt = null;
      lineIs(true);
      this.opened(missed);
    });
    socket.addEventListener("message", (event) => {
      this.#heardAt = performance.now();
      this.#attempts = 0;
      this.heard(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      const seconds = event.code === 1012 ? Number.parseFloat(event.reason.match(/[\d.]+/)?.[0]) : Number.NaN;
      this.#lost(socket, Number.isNaN(seconds) ? jittered(Math.min(SLOWEST, 500 * 2 ** this.#attempts)) : seconds * 1000);
    });
  }

  #lost(socket, pause) {
    if (socket !== this.#socket) return; // already given up for another
    this.#socket = null;
    socket.close();
    this.#attempts += 1;
    this.#closedAt ??= performance.now();
    setTimeout(() => this.#socket?.readyState !== WebSocket.OPEN && lineIs(false), 5_000);
    this.#again(pause);
  }

  #again(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), pause);
  }

  #check(silence) {
    if (this.isOpen && performance.now() - this.#heardAt > silence) this.#lost(this.#socket, 0);
  }
}
