"use strict";
// Corrections: what the chosen value should be, sent to the server; the page it answers with replaces this one.
(() => {
  const UNITS = ["lead", "support", "responsible"];
  const NAMES = { lead: "牵头", support: "配合", responsible: "责任", time_limit: "时限", title: "事项" };
  const address = () => encodeURIComponent(page.view().dataset.id);
  const form = () => page.view().querySelector(".edit");
  const field = (name) => form().elements[name];
  let picked = null; // [start, end) of the words selected in the source, in characters of it

  // `item key/field/index` of the chosen value; a query stands for its item, the head cannot be put right.
  function target() {
    const row = page.chosen?.closest("tr");
    if (!row) return null;
    const [, name, index] = page.chosen.matches(".issue") ? [] : page.chosen.dataset.ref.split("/");
    return { item: row.dataset.key, field: name ?? "title", index: index ? Number(index) : null };
  }

  // Code points from the beginning of the source: JavaScript counts those beyond the BMP twice.
  function offset(node, at) {
    const line = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".source p");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, at);
    return Number(line.dataset.at) + Array.from(before.toString()).length;
  }

  function pick() {
    const selection = getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    if (start === null || end === null) return;
    picked = start < end ? [start, end] : null;
    form().querySelector("q").textContent = selection.toString().replaceAll(/\s+/g, " ").slice(0, 60);
    offer();
  }

  // Show what can be done with the chosen value and the selected words.
  function offer() {
    if (!form()) return;
    const now = target();
    const kinds = {
      value: now?.index !== null && now !== null,
      item: now !== null,
      unit: UNITS.includes(now?.field),
      limit: now?.field === "time_limit",
    };
    for (const part of form().querySelectorAll("[data-for]")) part.hidden = !kinds[part.dataset.for];
    form().querySelector(".picked").hidden = !picked;
    form().querySelector(".what").textContent = now
      ? `${NAMES[now.field]}：${page.chosen.querySelector(".shown").textContent}`
      : page.chosen ? "文头和全文的提示在这里不能更正" : "先点一个值或一个事项，再更正";
    if (kinds.unit) {
      field("to_field").value = now.field;
      field("name").value = page.chosen.querySelector(".shown").textContent;
    }
    if (kinds.limit) {
      field("start").value = page.chosen.dataset.start ?? "";
      field("end").value = page.chosen.dataset.due ?? "";
    }
  }

  function say(words, wrong = false) {
    const output = form().querySelector("output");
    output.textContent = words;
    output.classList.toggle("wrong", wrong);
  }

  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (answer.ok) return;
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || problem.title || `没有办成（${answer.status}）`);
  }

  // The circular as it is now: the new page's, with the filters, the look and the places of this one.
  async function renew(ref) {
    const answer = await fetch(`/circulars/${address()}`, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`重新显示不成（${answer.status}），请刷新网页`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".circular");
    const old = page.view();
    const before = standing();
    for (const one of old.querySelectorAll(".filters [name], .edit [name=by]")) {
      const same = fresh.querySelector(`[name="${one.name}"]`);
      if (one.type === "checkbox") same.checked = one.checked;
      else same.value = one.value;
    }
    fresh.className = old.className;
    fresh.querySelector(".items table").className = old.querySelector(".items table").className;
    fresh.querySelector('[data-do="look"]').textContent = old.querySelector('[data-do="look"]').textContent;
    fresh.querySelector(".charts").open = old.querySelector(".charts").open;
    page.clear();
    old.replaceWith(document.adoptNode(fresh));
    page.tell();
    page.choose(ref ? page.byRef(ref) : null);
    if (ref) requestAnimationFrame(() => standing().forEach(([pane, now], n) => { pane.scrollTop += (now - before[n][1]) || 0; }));
  }

  // Both panes, each with how far down the chosen value or its words stand: there they are to stand again.
  function standing() {
    const parts = [[".items", page.chosen?.closest("tr")], [".source", page.view().querySelector("mark.lit")]];
    return parts.map(([pane, part]) => {
      const frame = page.view().querySelector(pane);
      const [top, box] = [frame.getBoundingClientRect().top, part?.getBoundingClientRect()];
      const inSight = box && box.top >= top && box.bottom <= frame.getBoundingClientRect().bottom;
      return [frame, inSight ? box.top : NaN];
    });
  }

  async function correct(path, body, ref, done) {
    document.body.classList.add("busy");
    try {
      await post(`/api/circulars/${address()}/${path}`, { ...body, by: field("by").value.trim() || null });
      picked = null;
      await renew(ref);
      say(done);
    } catch (error) {
      say(error instanceof TypeError ? "连不上服务，没有更正" : error.message, true); // `fetch` without an answer
    } finally {
      document.body.classList.remove("busy");
    }
  }
  const send = (body, done, ref = page.chosen?.dataset.ref) => correct("corrections", body, ref, done);

  function set() {
    const now = target();
    if (now.field === "time_limit") {
      const [start, end] = [field("start").value || null, field("end").value || null];
      return send({ ...now, op: "set", start, end }, "日期已更正");
    }
    const role = field("to_field").value;
    const name = field("name").value.trim();
    const change = { ...now, op: "set" };
    if (role !== now.field) change.to_field = role;
    if (name && name !== page.chosen.querySelector(".shown").textContent) change.name = name;
    if (!change.to_field && !change.name) return say("没有改动");
    return send(change, "已更正", role === now.field ? undefined : `${now.item}/title/`);
  }

  const actions = {
    set,
    accept: async () => {
      const [now, ref] = [target(), page.chosen.dataset.ref];
      await send({ ...now, op: "accept" }, "已核对");
      if (page.chosen?.dataset.ref === ref) page.step(1);
    },
    delete: () => send({ ...target(), op: "delete" }, "已删除", `${target().item}/title/`),
    words: () => send({ ...target(), op: "set", span: picked }, "出处已更正"),
    add: () => {
      const [{ item }, chosen] = [target(), field("field").value];
      send({ item, op: chosen === "title" ? "set" : "add", field: chosen, span: picked }, "已加上", `${item}/title/`);
    },
    name: () => send({ item: null, op: "set", field: "title", span: picked }, "公文标题已更正"),
    split: () => send({ item: target().item, op: "split", at: picked[0] }, "已拆成两条"),
    join: () => send({ item: target().item, op: "join" }, "已合并", `${target().item}/title/`),
    undo: () => correct("undo", {}, page.chosen?.dataset.ref, "已撤销"),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-edit]");
    if (button && !document.body.classList.contains("busy")) actions[button.dataset.edit]();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".edit")) return;
    event.preventDefault(); // Enter in a field saves it
    if (target() && target().index !== null) actions.set();
  });
  document.addEventListener("selectionchange", pick);
  document.addEventListener("chosen", offer);
  document.addEventListener("shown", offer);
  keys.a = () => { if (target() && target().index !== null) actions.accept(); };
  keys.u = () => actions.undo();
  keys.e = () => form().querySelector("p:not([hidden]) :is(input, select)")?.focus();
})();
