"use strict";
// Values and their words: which value is chosen, and what lights up. One listener for the whole page; the words are
// elements that the server cut, so nothing here counts characters.
const page = (() => {
  let chosen = null;
  let index = null; // [{button, view, runs}] of all values, built when words are first clicked

  const runs = (text) => (text || "").split(" ").filter(Boolean).map((run) => run.split("-").map(Number));
  const view = () => document.querySelector(".circular:not([hidden])");
  const isShown = (one) => !one.closest("[hidden]");
  const buttons = () => [...view().querySelectorAll(".value")].filter(isShown);

  function marks(circular, text) {
    return runs(text).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, n) => document.getElementById(`${circular.id}-${first + n}`)));
  }

  function clear() {
    for (const mark of document.querySelectorAll("mark.lit, mark.ground")) mark.classList.remove("lit", "ground");
    chosen?.removeAttribute("aria-current");
    chosen?.closest("tr")?.classList.remove("chosen");
    chosen = null;
  }

  // Choose a value; `from` is where the user looks already: "words" or "values", the other side scrolls.
  function choose(button, from) {
    clear();
    if (button) {
      const circular = button.closest(".circular");
      const words = marks(circular, button.dataset.at);
      for (const mark of words) mark.classList.add("lit");
      for (const mark of marks(circular, button.dataset.ground)) mark.classList.add("ground");
      button.setAttribute("aria-current", "true");
      button.closest("tr")?.classList.add("chosen");
      chosen = button;
      if (from !== "words") reveal(words[0], circular.querySelector(".source"));
      if (from !== "values") button.scrollIntoView({ block: "center" });
    }
    document.dispatchEvent(new CustomEvent("chosen", { detail: button }));
  }

  // Blocks that were never drawn have a guessed height: what is scrolled to moves when they are, so look again.
  function reveal(mark, pane) {
    mark?.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => {
      const [box, frame] = [mark?.getBoundingClientRect(), pane.getBoundingClientRect()];
      if (box && (box.top < frame.top || box.bottom > frame.bottom)) mark.scrollIntoView({ block: "center" });
    });
  }

  // The values read from this mark, the shortest words first; a second click takes the next one.
  function valuesAt(mark) {
    const [name, number] = [mark.closest(".circular").id, Number(mark.id.split("-")[1])];
    index ??= [...document.querySelectorAll(".value")].map((button) =>
      ({ button, view: button.closest(".circular").id, runs: runs(button.dataset.at) }));
    const size = (one) => one.runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    return index
      .filter((one) => one.view === name && one.runs.some(([first, last]) => first <= number && number <= last))
      .sort((one, other) => size(one) - size(other) || plain(one.button) - plain(other.button))
      .map((one) => one.button);
  }
  const plain = (button) => Number(button.matches(".item, .issue"));

  function choosePlace(mark) {
    const found = valuesAt(mark).filter(isShown);
    choose(found[(found.indexOf(chosen) + 1) % found.length], "words");
  }

  function step(by) {
    const all = buttons().filter((button) => !button.matches(".item"));
    const at = chosen ? all.indexOf(chosen) : -1;
    const next = all[(at + by + (at < 0 && by < 0 ? 1 : 0) + all.length) % all.length];
    choose(next);
    next?.focus({ preventScroll: true });
  }

  const byRef = (ref) => view().querySelector(`.value[data-ref="${CSS.escape(ref)}"]`);

  document.addEventListener("click", (event) => {
    const [button, mark] = [event.target.closest(".value"), event.target.closest("mark")];
    if (button) choose(button, "values");
    else if (mark && getSelection().isCollapsed) choosePlace(mark);
  });
  document.addEventListener("shown", () => { index = null; chosen = null; });
  const tell = () => document.dispatchEvent(new CustomEvent("shown"));
  document.addEventListener("DOMContentLoaded", tell);
  return { view, choose, clear, step, byRef, tell, isShown, get chosen() { return chosen; } };
})();
