"use strict";
// The choice of a view of the results, and the view that is chosen.
site.viewing = (() => {
  const [box, table, drawn] = ["views", "table", "drawn"].map((id) => document.getElementById(id));
  const [buttons, field] = [box.querySelector("[role=group]"), box.querySelector(".field")];
  const select = field.querySelector("select");
  const words = JSON.parse(box.dataset.words);
  const lang = box.dataset.lang;
  const dates = (style) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", ...style });
  const [days, months] = [dates({ dateStyle: "long" }), dates({ month: "long", year: "numeric" })];
  const format = (value) => Number(value).toLocaleString(lang, { maximumFractionDigits: 3 });

  let chosen = "table"; // kept from one result to the next
  let rows = [];
  let tools = null;
  let turn = 0;

  const fill = (word, value) => words[word].replace("{}", typeof value === "number" ? format(value) : value);
  const day = (text) => (text.length > 7 ? days.format(new Date(text)) : text.length > 4 ? months.format(new Date(text)) : text);
  const month = (text) => months.format(new Date(text));

  function button(view) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: words[view.name] });
    made.dataset.view = view.name;
    made.addEventListener("click", () => show(view));
    return made;
  }

  async function show(view) {
    chosen = view.name;
    for (const each of buttons.children) each.setAttribute("aria-pressed", String(each.dataset.view === view.name));
    field.hidden = view.columns.length < 2;
    select.replaceChildren(...view.columns.map((name) => new Option(name)));
    select.onchange = () => draw(view);
    await draw(view);
  }

  async function draw(view) {
    const own = (turn += 1);
    table.hidden = view.name !== "table";
    drawn.hidden = !table.hidden;
    drawn.replaceChildren();
    if (!drawn.hidden) {
      const made = await Promise.resolve(site.views.draw[view.name](view, rows, select.value, tools)).catch(() => [words.failed]);
      if (own === turn) drawn.replaceChildren(...made);
    }
    tools.chosen(view.name);
  }

  // Offers the views of a result, and shows the one that was chosen before, if it has it, or else the table.
  function offer(names, found, given) {
    rows = found;
    tools = { ...given, day, fill, format, month };
    const views = site.views.of(names, rows);
    buttons.replaceChildren(...views.map(button));
    box.hidden = views.length < 2;
    show(views.find(({ name }) => name === chosen) ?? views[0]);
  }

  // Shows what has no rows.
  function none() {
    box.hidden = true;
    drawn.hidden = true;
    table.hidden = false;
  }

  return { offer, none, wish: (name) => { chosen = name; } };
})();
