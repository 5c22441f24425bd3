// What word processors and pages put on the clipboard, as the structure it stands for. The editor's schema drops what it
// does not know; here only what it would misread. forum/text/office.py does the same for texts that come without it.

const DIRT = "script, style, meta, link, title, xml, template, svg, math, iframe, object, noscript";
const LEVEL = /mso-list\s*:[^;]*\blevel([1-9])/i;
const NUMBER = /^\s*\(?(?:\d{1,4}|[a-z]|[ivxlcdm]{1,8})[.)]/i;

/** Pasted HTML without dirt, with Word's lists as lists. */
export function tidied(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const element of body.querySelectorAll(DIRT)) element.remove();
  for (const element of body.querySelectorAll("b, strong")) {
    // Google Docs wraps everything in a <b> that is not bold.
    if (/font-weight\s*:\s*(normal|400)/i.test(element.getAttribute("style") ?? "")) unwrap(element);
  }
  for (const element of body.querySelectorAll("br.Apple-interchange-newline")) element.remove();
  buildLists(body);
  for (const element of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!element.textContent.trim() && !element.querySelector("img")) element.remove();
  }
  return body.innerHTML;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Word writes list items as paragraphs with a level, and bullets and numbers as text. */
function buildLists(body) {
  let open = []; // the lists being built, outermost first
  for (const item of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div, table")]) {
    const level = Number(item.getAttribute("style")?.match(LEVEL)?.[1] ?? 0);
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
    /mso-list\s*:\s*ignore/i.test(span.getAttribute("style") ?? ""),
  );
  const words = marker?.textContent ?? "";
  marker?.remove();
  return words;
}
