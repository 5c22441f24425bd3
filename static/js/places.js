// A place on the screen for a small thing beside marked words: above them (below where fingers mark, whose own menu
// stands above), inside their text if it fits there, and never over anything one can press or write in.

const CONTROLS = "a[href], button, summary, label, input, select, textarea, [contenteditable=true], [tabindex='0']";
const GAP = 8;
const HANDLES = 28; // what a finger drags hangs below the words
const STEP = 4;

const meet = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** {x, y} on the screen for `element`, or null. */
export function freePlace(element, range, body) {
  const { width, height } = element.getBoundingClientRect();
  const controls = [...document.querySelectorAll(CONTROLS)].filter((each) => each !== element && each.checkVisibility());
  const taken = controls.flatMap((each) => [...each.getClientRects()]);
  const words = [...range.getClientRects()];
  const text = body.getBoundingClientRect();
  const screen = { left: GAP, top: GAP, right: document.documentElement.clientWidth - GAP, bottom: innerHeight - GAP };
  const inText = {
    left: Math.max(text.left, screen.left),
    top: Math.max(text.top, screen.top),
    right: Math.min(text.right, screen.right),
    bottom: Math.min(text.bottom, screen.bottom),
  };
  const wanted = [...wishes(range.getBoundingClientRect(), width, height, inText, screen)];
  for (const [frame, avoided] of [[inText, [...taken, ...words]], [screen, [...taken, ...words]], [screen, taken]]) {
    const found = wanted.find(({ x, y }) => {
      const box = { left: x, top: y, right: x + width, bottom: y + height };
      const inside = x >= frame.left && y >= frame.top && box.right <= frame.right && box.bottom <= frame.bottom;
      return inside && !avoided.some((each) => meet(box, each));
    });
    if (found) return found;
  }
  return null;
}

// The nearest first: over and under the words, further and further away; at their beginning, else at the text's edges.
function* wishes(words, width, height, text, screen) {
  const over = Math.min(words.top, screen.bottom) - height - GAP;
  const fine = matchMedia("(pointer: fine)").matches;
  const under = Math.max(words.bottom, screen.top) + (fine ? GAP : HANDLES);
  const columns = [Math.min(Math.max(words.left, text.left), text.right - width), text.right - width, text.left];
  for (let away = 0; away < innerHeight; away += STEP) {
    for (const y of fine ? [over - away, under + away] : [under + away, over - away]) {
      for (const x of columns) yield { x, y };
    }
  }
  // between its ends, where what is marked is longer than the screen
  for (let y = screen.bottom - height; y >= screen.top; y -= STEP) for (const x of columns) yield { x, y };
}
