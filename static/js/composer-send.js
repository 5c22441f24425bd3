// Sending, once and honestly: "sending" until the server has it, "sent" when it does, and the text kept otherwise.

import { ask } from "courtyard/composer-fetch";
import { make, word } from "courtyard/composer-words";

const SLOW = 5000;

/** Send the composer's text. `open` takes over the form that comes back when the server refuses it. */
export async function send(composer, open) {
  const { form, draft } = composer;
  const button = form.querySelector("[data-send]");
  const label = button.textContent;
  composer.sending = true;
  button.setAttribute("aria-disabled", "true");
  button.textContent = word("sending");
  composer.say(word("sending"));
  const slow = setTimeout(() => composer.say(word("stillSending")), SLOW);
  await draft.saving; // a save on its way must not arrive after the text is published
  draft.stop();
  let outcome;
  try {
    outcome = await read(await ask(form, form.action, { body: new FormData(form) }), form);
  } catch {
    outcome = { problem: word("notSent") };
  }
  composer.unsent = outcome.problem === word("notSent");
  clearTimeout(slow);
  if (outcome.url) {
    composer.say(word("sent"));
    draft.arrived();
    composer.clear(); // going back must not show a published text as one still to send
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // come back to: as it is by then
    location.assign(outcome.url);
    return;
  }
  composer.sending = false;
  button.removeAttribute("aria-disabled");
  button.textContent = label;
  draft.go();
  if (outcome.form) replace(form, outcome.form, open);
  else {
    composer.say(outcome.problem, ...(outcome.more ?? []));
    draft.known = null; // nothing says the server has it
    draft.changed();
  }
}

async function read(answer, form) {
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  if (isJson && answer.ok) return { url: (await answer.json()).url };
  if (answer.status === 401) {
    const link = make("a", { href: form.dataset.signIn, text: word("signIn") });
    return { problem: word("signedOut"), more: [" ", link] };
  }
  if (answer.status === 413) return { problem: word("tooLarge") };
  if (answer.status >= 500 || isJson) return { problem: word("failed") };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const again = page.getElementById(form.id);
  return again ? { form: again } : { problem: page.querySelector("h1, .lead")?.textContent.trim() || word("failed") };
}

function replace(form, again, open) {
  form.replaceWith(document.adoptNode(again));
  const composer = open(again);
  composer.draft.known = null; // refused: keep what stands here
  composer.draft.changed();
  const wrong = again.querySelector("[aria-invalid='true']:not([name='body'])");
  if (wrong) wrong.focus();
  else composer.focus();
}
