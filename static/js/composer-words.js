// The composer's words stand with it on the page, in the page's language.

let texts;

/** The word under `key`, with `{name}` exchanged for `values.name`. */
export function word(key, values = {}) {
  texts ??= JSON.parse(document.getElementById("composer-words")?.textContent || "{}");
  return (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** An element with text and attributes; `on` holds listeners. */
export function make(tag, { text = "", on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}
