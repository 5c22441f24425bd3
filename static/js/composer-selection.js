// Words marked in a post: a button beside them quotes them. A tap elsewhere unmarks them on a phone, so it remembers
// which they were, and stands at the bottom edge there, out of the way of the phone's own menu.

import { quoteOf } from "courtyard/composer-quotes";
import { make, word } from "courtyard/composer-words";

const CALM = 200;

/** Calls `quote(post, ref)` when somebody presses the button. */
export function offerQuotes(quote) {
  const button = make("button", { type: "button", class: "pill quote-pill", hidden: true, text: word("quoteThis") });
  const hide = () => {
    button.hidden = true;
  };
  let chosen = null;
  let waiting = 0;
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the mark stays
  button.addEventListener("click", () => {
    hide();
    getSelection().removeAllRanges();
    quote(...chosen);
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = markedIn();
      if (!found) {
        hide();
        return;
      }
      chosen = [found.post, found.ref];
      if (!button.isConnected) document.getElementById("posts").after(button);
      const beside = matchMedia("(pointer: fine)").matches;
      button.classList.toggle("is-beside", beside);
      button.style.insetBlockStart = beside ? `${found.place.bottom + scrollY + 8}px` : "";
      button.style.insetInlineStart = beside ? `${Math.max(found.place.left, 8)}px` : "";
      button.hidden = false;
    }, CALM);
  });
}

/** {post, ref, place} of the words marked inside one post, or null. */
function markedIn() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const source = range.startContainer.parentElement?.closest("#posts article.post")?.querySelector(".quote-button");
  const ref = source && quoteOf(source);
  return ref?.includes(":") ? { post: source.dataset.post, ref, place: range.getBoundingClientRect() } : null;
}
