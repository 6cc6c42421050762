"use strict";
// Filters, search, cards or table, which circular: only classes and `hidden` change, nothing is built.
(() => {
  const ROLES = ["lead", "support", "responsible"];
  const DAY = 86_400_000;
  const texts = new WeakMap(); // the words of a row, folded once
  const form = () => page.view()?.querySelector(".filters");

  const folded = (text) => text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
  function words(row) {
    if (!texts.has(row)) texts.set(row, folded(row.textContent));
    return texts.get(row);
  }

  function hasUnit(row, wanted) {
    if (!wanted.department && !wanted.role) return true;
    const cells = wanted.role ? [wanted.role] : ROLES;
    return cells.some((role) => [...row.querySelectorAll(`td.${role} .shown`)].some(
      (shown) => !wanted.department || shown.textContent === wanted.department));
  }

  // Days until each dated limit ends; the date is the reader's own.
  function hasTime(row, wanted) {
    if (!wanted.time) return true;
    const limits = [...row.querySelectorAll(".value.time_limit")];
    const left = limits.filter((one) => one.dataset.due).map((one) => (new Date(`${one.dataset.due}T00:00`) - today()) / DAY);
    return {
      overdue: left.some((days) => days < 0),
      soon: left.some((days) => days >= 0 && days <= 30),
      later: left.some((days) => days > 30),
      running: limits.some((one) => ["recurring", "ongoing"].includes(one.dataset.kind)),
      none: left.length === 0,
    }[wanted.time];
  }
  const today = () => new Date(new Date().toDateString());

  function matches(row, wanted) {
    return (!wanted.tasks || row.classList.contains("task")) && (!wanted.issues || "issues" in row.dataset)
      && hasUnit(row, wanted) && hasTime(row, wanted) && (!wanted.words || words(row).includes(wanted.words));
  }

  function apply() {
    if (!form()) return;
    const wanted = Object.fromEntries(new FormData(form()));
    wanted.words = folded(wanted.words);
    const rows = [...page.view().querySelectorAll(".items tbody tr")];
    let left = 0;
    for (const row of rows) {
      row.hidden = !matches(row, wanted);
      left += !row.hidden;
    }
    form().querySelector(".count").textContent = left === rows.length ? `共 ${left} 条` : `${left} / ${rows.length} 条`;
    page.view().querySelector(".none").hidden = left > 0 || rows.length === 0;
    if (page.chosen && !page.isShown(page.chosen)) page.choose(null);
  }

  function look(asTable) {
    for (const view of document.querySelectorAll(".circular")) {
      view.classList.toggle("table", asTable);
      view.querySelector(".items table").className = asTable ? "rows" : "cards";
      view.querySelector('[data-do="look"]').textContent = asTable ? "卡片" : "表格";
      view.querySelector('[data-do="look"]').setAttribute("aria-pressed", asTable);
    }
    page.chosen?.scrollIntoView({ block: "center" });
  }
  const looksLikeTable = () => page.view().classList.contains("table");

  function showDepartment(name) {
    const select = form().elements.department;
    select.value = select.value === name ? "" : name;
    apply();
  }

  const actions = {
    look: () => look(!looksLikeTable()),
    print: () => print(),
    keys: () => document.querySelector("dialog.keys").showModal(),
  };

  document.addEventListener("input", (event) => { if (event.target.closest(".filters")) apply(); });
  document.addEventListener("submit", (event) => { if (event.target.closest(".filters")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    actions[event.target.closest("[data-do]")?.dataset.do]?.();
    const department = event.target.closest("[data-department]");
    if (department) showDepartment(department.dataset.department);
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "circular") return;
    page.choose(null);
    for (const view of document.querySelectorAll(".circular")) view.hidden = view.id !== event.target.value;
    apply();
  });
  document.addEventListener("shown", apply);
})();
