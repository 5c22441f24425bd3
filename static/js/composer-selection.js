// Words marked in a post: a button beside them quotes them. A tap elsewhere unmarks them on a phone, so it remembers
// which they were. It stands in their post, and Tab leads from the words to it, Escape sends it away.

import { quoteOf } from "courtyard/composer-quotes";
import { make, word } from "courtyard/composer-words";
import { freePlace } from "courtyard/places";

const CALM = 200;

/** Calls `quote(post, ref)` when somebody presses the button. */
export function offerQuotes(quote) {
  const button = make("button", { type: "button", class: "pill quote-pill", hidden: true, text: word("quoteThis") });
  let chosen = null;
  let waiting = 0;
  const hide = () => {
    clearTimeout(waiting);
    button.hidden = true;
  };
  const offer = () => {
    chosen = markedIn();
    if (chosen) stand(button, chosen);
    else hide();
  };
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the mark stays
  button.addEventListener("click", () => {
    hide();
    getSelection().removeAllRanges();
    quote(chosen.body.parentElement.id.slice("post-".length), chosen.ref);
  });
  document.addEventListener("keydown", (event) => {
    if (button.hidden) return;
    if (event.key === "Tab" && !event.shiftKey && document.activeElement.matches("body, main, article")) {
      event.preventDefault();
      button.focus({ preventScroll: true });
    }
    if (event.key !== "Escape") return;
    const post = button.matches(":focus") && button.closest("article");
    hide();
    if (!post) return;
    post.tabIndex = -1;
    post.focus({ preventScroll: true });
  });
  addEventListener("resize", () => button.hidden || offer());
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, CALM);
  });
}

/** {body, ref, range} of the words marked inside one post, or null. */
function markedIn() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const body = range.startContainer.parentElement?.closest("#posts article.post .body");
  const source = body?.parentElement.querySelector(".quote-button");
  const ref = source && quoteOf(source);
  return ref?.includes(":") ? { body, ref, range } : null;
}

// Where no control of the page is under it; where there is no such place, "Quote" below the post does the same.
function stand(button, { body, range }) {
  body.after(button);
  button.hidden = false;
  const place = freePlace(button, range, body);
  button.hidden = !place;
  if (!place) return;
  const post = body.parentElement.getBoundingClientRect();
  button.style.left = `${place.x - post.left}px`;
  button.style.top = `${place.y - post.top}px`;
}
