// What was just done can be undone for a while. Said once to who listens; gone when its time is over, unless somebody
// stands on it.

const bar = document.querySelector("[data-undo]");
const HEARD = "courtyard.undo";

function isNew(entry) {
  try {
    const known = sessionStorage.getItem(HEARD) === entry;
    sessionStorage.setItem(HEARD, entry);
    return !known;
  } catch {
    return true;
  }
}

function end() {
  if (bar.contains(document.activeElement)) bar.addEventListener("focusout", end, { once: true });
  else bar.remove();
}

if (bar) {
  const status = document.getElementById("live-status");
  if (isNew(bar.dataset.undo)) setTimeout(() => (status.textContent = bar.querySelector("p").textContent), 500);
  setTimeout(end, Number(bar.dataset.seconds) * 1000);
}
