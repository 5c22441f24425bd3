// What word processors and pages put on the clipboard, as the structure it stands for. The editor's schema drops what it
// does not know; here only what it would misread. forum/text/office.py does the same for texts that come without it.

const DIRT = "script, style, meta, link, title, xml, template, svg, math, iframe, object, noscript";
const BLOCKS = "p, li, ul, ol, table, h1, h2, h3, h4, h5, h6, div, blockquote, pre";
// What a style stands for: under our policy for styles the engine could not read it.
const MARKS = [
  ["strong", /font-weight\s*:\s*(bold|[6-9]00)/i],
  ["em", /font-style\s*:\s*(italic|oblique)/i],
  ["s", /text-decoration[^;]*line-through/i],
  ["u", /text-decoration[^;]*underline/i],
  ["sup", /vertical-align\s*:\s*super/i],
  ["sub", /vertical-align\s*:\s*sub(?!p|e)/i],
];
const LEVEL = /mso-list\s*:[^;]*\blevel([1-9])/i;
const NUMBER = /^\s*\(?(?:\d{1,4}|[a-z]|[ivxlcdm]{1,8})[.)]/i;

/** Pasted HTML without dirt, with Word's lists as lists. */
export function tidied(html) {
  const quiet = html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
  const { body } = new DOMParser().parseFromString(quiet, "text/html");
  for (const element of body.querySelectorAll(DIRT)) element.remove();
  for (const element of body.querySelectorAll("b, strong")) {
    // Google Docs wraps everything in a <b> that is not bold.
    if (/font-weight\s*:\s*(normal|400)/i.test(style(element))) unwrap(element);
  }
  for (const element of body.querySelectorAll("br.Apple-interchange-newline")) element.remove();
  buildLists(body);
  for (const element of body.querySelectorAll("[data-style]")) mark(element);
  for (const element of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!element.textContent.trim() && !element.querySelector("img")) element.remove();
  }
  return body.innerHTML;
}

const style = (element) => element.dataset.style ?? "";

function mark(element) {
  if (!element.matches("h1, h2, h3, h4, h5, h6, ul, ol, table") && !element.querySelector(BLOCKS)) {
    for (const [tag, pattern] of MARKS) {
      if (!pattern.test(style(element)) || element.closest(tag) || (tag === "u" && element.closest("a"))) continue;
      const marked = document.createElement(tag);
      marked.append(...element.childNodes);
      element.append(marked);
    }
  }
  delete element.dataset.style;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Word writes list items as paragraphs with a level, and bullets and numbers as text. */
function buildLists(body) {
  let open = []; // the lists being built, outermost first
  for (const item of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div, table")]) {
    const level = Number(style(item).match(LEVEL)?.[1] ?? 0);
    if (!level || item.tagName !== "P") {
      if (!item.closest("ul, ol")) open = [];
      continue;
    }
    const tag = NUMBER.test(takeMarker(item)) ? "ol" : "ul";
    open = open.slice(0, level);
    while (open.length < level) {
      const list = document.createElement(tag);
      const parent = open.at(-1);
      if (parent) (parent.lastElementChild ?? parent.appendChild(document.createElement("li"))).append(list);
      else item.before(list);
      open.push(list);
    }
    const line = document.createElement("li");
    open.at(-1).append(line);
    line.append(...item.childNodes);
    item.remove();
  }
}

function takeMarker(item) {
  const marker = [...item.querySelectorAll("span")].find((span) =>
    /mso-list\s*:\s*ignore/i.test(style(span)),
  );
  const words = marker?.textContent ?? "";
  marker?.remove();
  return words;
}
