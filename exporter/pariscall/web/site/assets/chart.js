"use strict";
// The values of a chart under the pointer, or by the arrow keys: they are those of its table.
(() => {
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };
  const share = (part, whole) => `${(100 * part) / whole}%`;

  // Reads the rows of a table: how each is called, its date if it has one, and its numbers with their names.
  function read(table) {
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
    return [...table.tBodies[0].rows].map(({ cells: [head, ...cells] }) => ({
      name: head.textContent,
      day: Date.parse(head.querySelector("time")?.dateTime ?? ""),
      values: cells.map((cell, at) => [names[at], cell.textContent]),
    }));
  }

  // Returns where each row is, from 0 to 1: by its date, or in the middle of its bar.
  function place(rows, along) {
    const [first, last] = [rows[0].day, rows.at(-1).day];
    return rows.map(({ day }, at) => (along === "x" ? (day - first) / (last - first || 1) : (at + 0.5) / rows.length));
  }

  function probe(drawing, chart, rows, places) {
    const [left, top, width, height] = drawing.dataset.plot.split(" ").map(Number);
    const whole = drawing.querySelector("svg").viewBox.baseVal;
    const along = chart.dataset.along;
    const area = Object.assign(document.createElement("div"), { className: `probe along-${along}`, tabIndex: 0 });
    const mark = document.createElement("i");
    const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
    Object.assign(area.style, { left: share(left, whole.width), top: share(top, whole.height),
      width: share(width, whole.width), height: share(height, whole.height) });
    area.setAttribute("role", "slider");
    area.setAttribute("aria-labelledby", drawing.firstElementChild.getAttribute("aria-labelledby"));
    area.setAttribute("aria-valuemin", 0);
    area.setAttribute("aria-valuemax", rows.length - 1);
    tip.setAttribute("aria-hidden", "true"); // the slider says the same
    area.append(mark, tip);
    drawing.append(area);
    let at = along === "x" ? rows.length - 1 : 0;

    function point(to) {
      at = Math.min(Math.max(to, 0), rows.length - 1);
      const { name, values } = rows[at];
      area.setAttribute("aria-valuenow", at);
      area.setAttribute("aria-valuetext", `${name}: ${values.map((pair) => pair.join(" ")).join(", ")}`);
      const list = document.createElement("dl");
      for (const [word, value] of values) {
        const [term, number] = ["dt", "dd"].map((tag) => document.createElement(tag));
        [term.textContent, number.textContent] = [word, value];
        list.append(term, number);
      }
      const head = document.createElement("b");
      head.textContent = name;
      tip.replaceChildren(head, list);
      mark.style[along === "x" ? "left" : "top"] = share(places[at], 1);
      tip.classList.toggle("before", along === "x" && places[at] > 0.5);
      tip.style[along === "x" ? "left" : "top"] = share(places[at], 1);
    }

    const show = (is) => { tip.hidden = !is; area.classList.toggle("on", is); };
    area.addEventListener("pointermove", ({ clientX, clientY }) => {
      const box = area.getBoundingClientRect();
      const part = along === "x" ? (clientX - box.left) / box.width : (clientY - box.top) / box.height;
      const near = places.map((each) => Math.abs(each - part));
      point(near.indexOf(Math.min(...near)));
      show(true);
    });
    area.addEventListener("pointerleave", () => show(document.activeElement === area));
    area.addEventListener("focus", () => show(true));
    area.addEventListener("blur", () => show(false));
    area.addEventListener("keydown", (event) => {
      const back = along === "y" && event.key.startsWith("Arrow") ? -1 : 1; // the first bar is at the top
      if (event.key in steps) point(at + back * steps[event.key]);
      else if (event.key === "Home") point(0);
      else if (event.key === "End") point(rows.length - 1);
      else if (event.key === "Escape") { show(false); return; }
      else return;
      event.preventDefault();
      show(true);
    });
    point(at);
  }

  for (const chart of document.querySelectorAll(".chart[data-along]")) {
    const rows = read(chart.querySelector("table"));
    const places = place(rows, chart.dataset.along);
    for (const drawing of chart.querySelectorAll("[data-plot]")) probe(drawing, chart, rows, places);
  }
})();
