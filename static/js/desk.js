// At the desk: a saved sentence goes into the field of the form with one press. Without this module it can be copied.

const ANSWER = "#desk-answer textarea";
let written = null; // the field of the form somebody wrote in last

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(ANSWER)) written = event.target;
});

const seen = () => [...document.querySelectorAll(ANSWER)].find((field) => field.getClientRects().length > 0);

function use(button) {
  const field = written?.isConnected ? written : seen();
  const words = button.closest("li").querySelector("[data-words]").innerText.trim();
  if (!field) return;
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

for (const list of document.querySelectorAll("[data-replies]")) {
  for (const button of list.querySelectorAll("[data-use]")) button.hidden = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-use]");
    if (button) use(button);
  });
}
