"use strict";
// Today's line and what is overdue: the browser knows the date, the page was written without one.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const days = (text) => Date.UTC(...text.split("-").map((part, n) => Number(part) - (n === 1))) / 86_400_000;
  const iso = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, n) => String(part).padStart(n ? 2 : 4, "0")).join("-");

  function element(name, attributes, text = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  function mark(drawing, today) {
    const { first, last, left, right } = drawing.dataset;
    for (const bar of drawing.querySelectorAll("[data-due]")) bar.classList.toggle("overdue", bar.dataset.due < today);
    const share = (days(today) - days(first)) / (days(last) - days(first));
    const figure = drawing.closest("figure");
    if (share < 0 || share > 1) {
      const away = document.createElement("span");
      away.className = "away";
      away.textContent = `今天 ${today} 在图${share < 0 ? "左" : "右"}侧以外`;
      figure.querySelector("figcaption").append(away);
      return;
    }
    const x = Number(left) + share * (right - left);
    drawing.append(element("line", { class: "today", x1: x, x2: x, y1: 0, y2: drawing.viewBox.baseVal.height }));
    const anchor = share > 0.9 ? "end" : "start";
    figure.querySelector(".axis").append(
      element("text", { class: "today-name", x: x + (share > 0.9 ? -3 : 3), y: 14, "text-anchor": anchor }, "今天"));
  }

  document.addEventListener("shown", () => {
    const today = iso(new Date());
    for (const drawing of document.querySelectorAll("svg[data-first]")) {
      if (!drawing.closest("figure").querySelector(".today, .away")) mark(drawing, today);
    }
  });
  // Where corrections are made, a low screen belongs to the text.
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(".edit") && innerHeight < 680) document.querySelector(".charts").open = false;
  });
  document.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-show]");
    if (bar) page.choose(page.byRef(bar.dataset.show));
  });
})();
