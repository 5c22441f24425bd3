// What may stand in a text, as forum/text/allowed.py has it: paragraphs, headings, lists, quotations, tables, and our own
// own: a quoted post, a mentioned member, a method by its card or its name, a picture.

import {
  Blockquote, Bold, BulletList, Code, CodeBlock, Document, Dropcursor, Extension, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, Node, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text, TrailingNode, Underline, mergeAttributes, wrappingInputRule,
} from "prose-editor";
import { describeQuote } from "courtyard/composer-quotes";
import { make, word } from "courtyard/composer-words";

const attribute = (name, fallback = null) => ({
  default: fallback,
  parseHTML: (element) => element.getAttribute(name) ?? fallback,
  renderHTML: (attributes) => (attributes[name] == null ? {} : { [name]: attributes[name] }),
});

/** A post's words by reference: they are looked up when the text is shown, here too. */
const QuotedPost = Node.create({
  name: "quotedPost",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ form: null }),
  addAttributes: () => ({ "data-quote": attribute("data-quote", "") }),
  parseHTML: () => [{ tag: "blockquote[data-quote]", priority: 100 }],
  renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes],
  renderText: () => "",
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const label = make("p", { class: "quote-source", text: word("quoted") });
      const words = make("p", { class: "quote-words" });
      const remove = make("button", { type: "button", class: "link-button", text: word("remove") });
      remove.addEventListener("click", () => {
        const from = getPos();
        editor.chain().focus().deleteRange({ from, to: from + node.nodeSize }).run();
      });
      const dom = make("div", { class: "quote editor-quote", contenteditable: "false" }, label, words, remove);
      describeQuote(this.options.form, node.attrs["data-quote"]).then((quote) => {
        if (!quote) return;
        label.textContent = quote.name ? word("quotedFrom", { name: quote.name }) : word("quoted");
        words.textContent = quote.words;
      });
      return { dom, stopEvent: (event) => remove.contains(event.target), ignoreMutation: () => true };
    };
  },
});

const Member = Node.create({
  name: "member",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    "data-member": attribute("data-member", ""),
    name: {
      default: "",
      parseHTML: (element) => element.textContent.replace(/^@/, "") || element.getAttribute("data-member"),
      renderHTML: () => ({}),
    },
  }),
  parseHTML: () => [{ tag: "span[data-member]", priority: 100 }],
  renderHTML: ({ node, HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes), `@${node.attrs.name}`],
  renderText: ({ node }) => `@${node.attrs["data-member"]}`,
});

/** The card of a method, by its number: an empty place that the page fills. */
const MethodCard = Node.create({
  name: "methodCard",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ "data-method": attribute("data-method", "") }),
  parseHTML: () => [{ tag: "blockquote[data-method]", priority: 100 }],
  renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes],
  renderText: ({ node }) => `/methods/${node.attrs["data-method"]}/`,
  addNodeView() {
    return ({ node }) => {
      const dom = make("div", { class: "quote editor-quote", contenteditable: "false" });
      dom.append(make("p", { class: "quote-source", text: word("methodCard") }));
      dom.append(make("p", { text: `/methods/${node.attrs["data-method"]}/` }));
      return { dom, ignoreMutation: () => true };
    };
  },
});

/** A method by its name: what it is called today is looked up when the text is shown. */
const MethodName = Node.create({
  name: "methodName",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ "data-name": attribute("data-name", "") }),
  parseHTML: () => [{ tag: "span[data-name]", priority: 100 }],
  renderHTML: ({ node, HTMLAttributes }) => ["span", HTMLAttributes, node.attrs["data-name"]],
  renderText: ({ node }) => `[[${node.attrs["data-name"]}]]`,
});

const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: attribute("src", ""),
    alt: attribute("alt", ""),
    width: attribute("width"),
    height: attribute("height"),
  }),
  parseHTML: () => [{ tag: 'img[src^="/pictures/"]' }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  renderText: ({ node }) => node.attrs.alt,
});

/** A foreign phrase keeps its language, so that it is read aloud rightly. */
const Language = Extension.create({
  name: "language",
  addGlobalAttributes: () => [
    { types: ["paragraph", "heading", "blockquote", "listItem", "tableCell"], attributes: { lang: attribute("lang") } },
  ],
});

const Headings = Heading.extend({
  parseHTML: () =>
    [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 4 ? 3 : 4 } })),
}).configure({ levels: [3, 4] });

// The engine's own numbered list brings kinds and dialogs that our texts do not have.
const NumberedList = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Number.parseInt(element.getAttribute("start"), 10) || 1,
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
  }),
  addNodeView: () => null,
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,3})[.)]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      }),
    ];
  },
});

const PlainTable = Table.extend({
  addNodeView: () => null,
  renderHTML: () => ["table", ["tbody", 0]],
});

const Preformatted = CodeBlock.extend({ renderHTML: () => ["pre", 0] });

export function extensionsFor({ form, askLink }) {
  return [
    Document, Paragraph, Text, Bold, Italic, Underline, Strike, Code, Subscript, Superscript, HardBreak, Blockquote,
    BulletList, ListItem, HorizontalRule, TableRow, TableCell, TableHeader, History, Gapcursor, TrailingNode,
    Headings, NumberedList, PlainTable, Preformatted, Member, MethodCard, MethodName,
    Picture, Language,
    Dropcursor.configure({ color: false, class: "drop-cursor" }),
    QuotedPost.configure({ form }),
    Link.extend({
      addKeyboardShortcuts: () => ({
        "Mod-k": () => {
          askLink();
          return true;
        },
      }),
    }).configure({ openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["http", "https", "mailto"] }),
  ];
}
