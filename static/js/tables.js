// A table wider than the page scrolls in its own frame: whoever has no mouse must be able to get there.

function reach(within = document) {
  for (const table of within.querySelectorAll(".body table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}

reach();
document.addEventListener("courtyard:applied", (event) => reach(event.detail?.root ?? document));
addEventListener("resize", () => reach());
