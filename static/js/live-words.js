// Words with their plurals. A counted word stands in #words as samples in the page's language, one for each kind of
// plural, made by gettext from the numbers 1, 2 and 5: ["1 nowa odpowiedź", "2 nowe odpowiedzi", "5 nowych odpowiedzi"].
// Intl.PluralRules says which sample's number counts like ours, and the number in it is exchanged.

const texts = JSON.parse(document.getElementById("words")?.textContent || "{}");
const rules = new Intl.PluralRules(document.documentElement.lang || "en");

export const word = (key) => texts[key] ?? "";

export function counted(key, number) {
  const samples = texts[key] ?? [];
  const kind = rules.select(number);
  const alike = samples.find((sample) => rules.select(Number.parseInt(sample.match(/\d+/)?.[0] ?? "0", 10)) === kind);
  return (alike ?? samples.at(-1) ?? "").replace(/\d+/, String(number));
}
