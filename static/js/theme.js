// Day and night without loading the page again. Without this module the same buttons post a form.

const form = document.querySelector(".theme-switch");

form?.addEventListener("submit", (event) => {
  const choice = event.submitter?.value;
  if (!choice) return;
  event.preventDefault();
  const fixed = choice === "light" || choice === "dark";
  if (fixed) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  for (const button of form.elements.theme ?? []) button.setAttribute("aria-pressed", String(button.value === choice));
  const body = new URLSearchParams({ theme: choice });
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
});
