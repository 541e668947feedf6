"use strict";
// Fields for the parameters of the query: each is a block VALUES with one value for one variable.
(() => {
  const box = document.getElementById("parameters");
  const BLOCK = /VALUES\s+\?(\w+)\s*\{\s*(<[^<>\s]+>|"[^"\\\n]*"(?:\^\^<[^<>\s]+>)?)\s*\}/g;
  const DATE = "http://www.w3.org/2001/XMLSchema#date";
  const names = JSON.parse(box.dataset.names);
  const { known, titles, folders } = site.labels;

  const read = () => [...editor.getValue().matchAll(BLOCK)].map(([, name, term]) => ({ name, term }));
  const textOf = (term) => (term.startsWith("<") ? titles.get(term.slice(1, -1)) ?? term.slice(1, -1) : term.match(/^"([^"]*)"/)[1]);

  // Returns the term that a text means, of the kind of the term before; null if it means none.
  function termOf(text, before) {
    if (!before.startsWith("<")) return /["\\\n]/.test(text) ? null : `"${text}"${before.replace(/^"[^"]*"/, "")}`;
    const folder = folders.get(before.slice(1, -1));
    const meant = known.find((each) => each.title === text && (!folder || each.folder === folder));
    if (meant) return `<${meant.iri}>`;
    return /^https?:\/\/[^<>\s"{}|\\^`]+$/.test(text) ? `<${text}>` : null;
  }

  function write(name, term) {
    editor.setValue(editor.getValue().replace(BLOCK, (block, own, old) => (own === name ? block.replace(old, () => term) : block)));
  }

  function field({ name, term }, at) {
    const line = document.createElement("p");
    const label = Object.assign(document.createElement("label"), { htmlFor: `parameter-${at}`, textContent: names[name] ?? name });
    const isDate = term.includes(DATE);
    const input = Object.assign(document.createElement("input"), { id: label.htmlFor, value: textOf(term), type: isDate ? "date" : "text" });
    line.className = "field";
    line.append(label, input);
    if (term.startsWith("<")) line.append(options(input, folders.get(term.slice(1, -1)), at));
    input.addEventListener("change", () => {
      const meant = termOf(input.value.trim(), read()[at].term);
      input.setCustomValidity(meant ? "" : box.dataset.unknown);
      if (meant) write(name, meant);
      else input.reportValidity();
    });
    return line;
  }

  function options(input, folder, at) {
    const list = Object.assign(document.createElement("datalist"), { id: `options-${at}` });
    input.setAttribute("list", list.id);
    const fitting = new Set(known.filter((each) => each.folder === folder).map(({ title }) => title));
    list.append(...[...fitting].map((title) => new Option("", title)));
    return list;
  }

  function draw() {
    if (!box.contains(document.activeElement)) box.replaceChildren(...read().map(field));
    box.hidden = !box.children.length;
  }

  editor.on("change", draw);
  draw();
})();
