// "[[" and the beginning of a name offer the methods one may name here. A name nobody has yet is typed to its end, "]]".

import { Extension } from "prose-editor";
import { List, listening } from "courtyard/editor-mentions";

const METHODS = {
  id: "methods",
  lead: "[[",
  pattern: /\[\[([^[\]|<>\n\ufffc]{1,80})$/u,
  label: "methodList",
  read: ({ methods }) => methods,
  row: ({ title, community }) => ({ name: title, line: community }),
  node: ({ title }) => ({ type: "methodName", attrs: { "data-name": title } }),
};

export const MethodNames = Extension.create({
  name: "methodNames",
  addOptions: () => ({ form: null }),
  addProseMirrorPlugins() {
    return [listening(new List(this.editor, this.options.form, METHODS))];
  },
});
