// Which words of a post are quoted: the selected ones, counted as forum.text counts them (forum/text/plain.py), so that
// the server finds the same words in the post's revision. A test compares the two.

import { ask } from "courtyard/composer-fetch";

const PARAGRAPHS = new Set(["P", "H3", "H4", "BLOCKQUOTE", "PRE", "UL", "OL", "TABLE", "HR"]);
const CELLS = new Set(["TD", "TH"]);

/** The reference for a quote button: "345.2", or "345.2:10-80" with words of its post selected. */
export function quoteOf(button) {
  const { post, revision } = button.dataset;
  const body = document.querySelector(`#post-${post} .body`);
  const range = body && selectedIn(body);
  return `${post}.${revision}${range ? `:${range[0]}-${range[1]}` : ""}`;
}

/** The plain words of a printed text and where each text node begins in them: {words, starts: Map(node, offset)}. */
export function plainOf(body) {
  const reader = new Reader();
  for (const child of body.childNodes) reader.read(child);
  return { words: reader.words, starts: reader.starts };
}

class Reader {
  words = "";
  starts = new Map();
  gap = "";
  inside = 0;
  firstCell = true;

  read(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      this.add(node.data, node);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const tag = node.tagName;
    this.see(tag, false);
    if (tag === "IMG") this.add(node.alt);
    else if (node.matches("a.mention")) this.add(`@${username(node)}`);
    else if (node.matches("span[data-name]")) this.add(node.dataset.name);
    else if (!node.matches("blockquote.quote, .method-cite")) for (const child of node.childNodes) this.read(child);
    this.see(tag, true);
  }

  add(words, node = null) {
    if (!words) return;
    if (this.words) this.words += this.gap;
    this.gap = "";
    if (node) this.starts.set(node, this.words.length);
    this.words += words;
  }

  see(tag, ends) {
    const isCell = CELLS.has(tag);
    if (isCell || tag === "LI") this.inside += ends ? -1 : 1;
    if (tag === "TR") this.firstCell = true;
    if (PARAGRAPHS.has(tag)) this.gap = this.inside ? this.gap || "\n" : "\n\n";
    else if (isCell && !ends) {
      this.gap = this.firstCell ? this.gap : "\t";
      this.firstCell = false;
    } else if (tag === "LI" || tag === "TR") this.gap = this.gap === "\n\n" ? this.gap : "\n";
    else if (tag === "BR") this.gap ||= "\n";
  }
}

function username(mention) {
  return new URL(mention.href, location.href).pathname.split("/").filter(Boolean).at(-1) ?? "";
}

function selectedIn(body) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const { words, starts } = plainOf(body);
  let first = null;
  let last = null;
  for (const [node, start] of starts) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (from >= to) continue;
    first ??= start + from;
    last = start + to;
  }
  if (first === null) return null;
  const chosen = words.slice(first, last);
  first += chosen.length - chosen.trimStart().length;
  last -= chosen.length - chosen.trimEnd().length;
  // The server counts characters, not the halves in which a script counts rare ones.
  return first < last ? [points(words, first), points(words, last)] : null;
}

const points = (words, end) => [...words.slice(0, end)].length;

/** {name, words} of a reference as it will be shown, or null: from the page when the post is on it, else asked for. */
export async function describeQuote(form, ref) {
  const [, id, from, to] = ref.match(/^(\d+)(?:\.\d+)?(?::(\d+)-(\d+))?$/) ?? [];
  const body = id && document.querySelector(`#post-${id} .body`);
  if (body) {
    const characters = [...plainOf(body).words];
    const words = characters.slice(from ?? 0, to ?? characters.length).join("");
    return { name: document.querySelector(`#post-${id} .post-name`)?.textContent.trim() ?? "", words };
  }
  try {
    const sent = new FormData(form);
    sent.set("body", `<blockquote data-quote="${ref}"></blockquote><p>…</p>`);
    sent.set("body_format", "html");
    const { html } = await (await ask(form, form.dataset.preview, { body: sent })).json();
    const quote = new DOMParser().parseFromString(html, "text/html").querySelector(".quote");
    const name = quote?.querySelector("footer")?.textContent.trim() ?? "";
    quote?.querySelector("footer")?.remove();
    return quote && { name, words: quote.textContent };
  } catch {
    return null;
  }
}
