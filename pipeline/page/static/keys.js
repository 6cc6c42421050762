"use strict";
// The keys of the reading half; editing.js adds its own to `keys`.
const keys = {
  n: () => page.step(1),
  p: () => page.step(-1),
  j: () => page.step(1),
  k: () => page.step(-1),
  t: () => page.view().querySelector('[data-do="look"]').click(),
  c: () => page.view().querySelector(".charts").toggleAttribute("open"),
  "/": () => page.view().querySelector('[type="search"]').focus(),
  "?": () => document.querySelector("dialog.keys").showModal(),
  Escape: () => page.choose(null),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !page.view()) return;
  if (event.target.matches("g[role]") && ["Enter", " "].includes(event.key)) {
    event.preventDefault();
    event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  } else if (typing) {
    if (event.key === "Escape" && typing.matches("input, select, textarea")) typing.blur();
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
