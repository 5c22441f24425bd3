// Posts that come while the page is open count as read once they stood on the screen. (What the page was loaded with,
// the house has marked itself.)

const CALM = 1000;
const list = document.querySelector("#posts[data-read-marks]");
const form = document.getElementById("act");
let read = Number(list?.dataset.last);
let sent = read;
let waiting = 0;

const screen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    read = Math.max(read, Number(target.dataset.number));
    screen.unobserve(target);
  }
  clearTimeout(waiting);
  waiting = setTimeout(mark, CALM);
});

function mark() {
  if (document.hidden || read <= sent) return;
  sent = read;
  const body = new URLSearchParams(new FormData(form));
  body.set("number", read);
  fetch(list.dataset.readMarks, { method: "POST", body, keepalive: true }).catch(() => {
    sent = 0; // said again with the next one
  });
}

function watch(root) {
  if (root?.matches?.("#posts > [data-number]") && Number(root.dataset.number) > read) screen.observe(root);
}

if (list && form) {
  document.addEventListener("courtyard:applied", (event) => watch(event.detail?.root));
  document.addEventListener("visibilitychange", mark);
  addEventListener("pagehide", mark);
}
