"use strict";
// Files dropped or chosen, text pasted: parsed one after the other, then the list anew.
(() => {
  const form = document.querySelector(".drop");
  const [progress, lines] = [form.querySelector("progress"), form.querySelector("ul")];

  function say(words, wrong = false) {
    const line = document.createElement("li");
    line.textContent = words;
    line.classList.toggle("wrong", wrong);
    lines.append(line);
    return line;
  }

  async function parse(request) {
    const answer = await fetch("/api/parse", { method: "POST", credentials: "same-origin", ...request });
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(body.detail || body.title || `没有读成（${answer.status}）`);
    return body.circulars;
  }

  async function one(name, request) {
    const line = say(`${name}：正在解析……`);
    try {
      const found = await parse(request);
      line.textContent = `${name}：${found.length} 份公文，${found.reduce((sum, each) => sum + each.items.length, 0)} 条`;
      return found;
    } catch (error) {
      // A TypeError is how `fetch` says that there was no answer.
      line.textContent = `${name}：${error instanceof TypeError ? "没有送到，连不上服务或者文件太大" : error.message}`;
      line.classList.add("wrong");
      return [];
    }
  }

  // A single circular is shown at once; several as the list.
  async function all(requests) {
    lines.replaceChildren();
    [progress.max, progress.value, progress.hidden] = [requests.length, 0, false];
    const found = [];
    for (const [name, request] of requests) {
      found.push(...await one(name, request));
      progress.value += 1;
    }
    progress.hidden = true;
    if (found.length === 1) location.assign(`/circulars/${encodeURIComponent(found[0].id)}`);
    else if (found.length) await renew();
  }

  async function renew() {
    const answer = await fetch("/", { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".stored");
    document.querySelector(".stored").replaceWith(document.adoptNode(fresh));
  }

  function files(list) {
    const requests = [...list].map((file) => {
      const body = new FormData();
      body.append("file", file);
      return [file.name, { body }];
    });
    if (requests.length) all(requests);
  }

  form.elements.file.addEventListener("change", (event) => files(event.target.files));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.text.value;
    const name = form.elements.name.value.trim();
    if (!text.trim()) return say("没有文字", true);
    const body = JSON.stringify(name ? { text, name } : { text });
    return all([[name || "粘贴的文字", { body, headers: { "Content-Type": "application/json" } }]]);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop") files(event.dataTransfer.files);
    });
  }
})();
