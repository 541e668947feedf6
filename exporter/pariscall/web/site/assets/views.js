"use strict";
// The forms in which rows can be shown, by what their columns hold: bars, a map of the world, a timeline.
site.views = (() => {
  const KINDS = [
    ["number", (term) => /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/.test(term.datatype) && Number.isFinite(+term.value)],
    ["day", (term) => /#(date|dateTime|gYear|gYearMonth)$/.test(term.datatype) && !Number.isNaN(Date.parse(term.value))],
    ["country", (term) => term.type === "uri" && term.value.startsWith(COUNTRY)],
    ["iri", (term) => term.type === "uri"],
  ];
  const [MOST_BARS, MOST_DAYS, MOST_NAMES] = [60, 200, 12];

  // Returns what a column holds; null if it is empty.
  function kindOf(name, rows) {
    const terms = rows.map((row) => row[name]).filter(Boolean);
    if (!terms.length) return null;
    return KINDS.find(([, holds]) => terms.every(holds))?.[0] ?? "text";
  }

  // Reports whether a column only repeats, in the language of the query, what the things of the column before it are called.
  function isNameOf(name, before) {
    return before !== undefined && (name === "name" || name === `${before}_name`);
  }

  // Returns the views of the rows of a result: what each is called, and the columns that it can be drawn of.
  function of(names, rows) {
    const kinds = new Map(names.map((name) => [name, kindOf(name, rows)]));
    const all = (...kept) => names.filter((name) => kept.includes(kinds.get(name)));
    const [numbers, days, lands] = [all("number"), all("day"), all("country")];
    const named = all("text", "country", "iri")
      .filter((name) => !isNameOf(name, all("country", "iri").find((each) => each === names[names.indexOf(name) - 1])));
    const heads = named.length ? named : [...days, ...numbers].slice(0, 1);
    const drawn = numbers.filter((name) => !heads.includes(name));
    const found = [{ name: "table", columns: [] }];
    if (rows.length < 2) return found;
    if (drawn.length && heads.length) found.push({ name: "bars", columns: drawn, heads });
    if (lands.length && new Set(rows.map((row) => row[lands[0]]?.value)).size > 1) found.push({ name: "map", columns: drawn, land: lands[0] });
    if (days.length) found.push({ name: "timeline", columns: days, heads: named });
    return found;
  }

  // Returns what a row is called: its names, each once.
  function headOf(row, heads, tools) {
    const said = new Map();
    for (const term of heads.map((name) => row[name]).filter(Boolean)) {
      const name = tools.nameOf(term);
      if (!said.has(name)) said.set(name, tools.pageOf(term));
    }
    return [...said].flatMap(([text, page], at) => [at ? " · " : "", page ? make("a", { href: page }, text) : text]);
  }

  function make(tag, attributes, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...content);
    return made;
  }

  function shape(tag, attributes, title = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (title) made.append(Object.assign(document.createElementNS(made.namespaceURI, "title"), { textContent: title }));
    return made;
  }

  const note = (text) => make("p", { class: "soft" }, text);

  function bars({ heads }, rows, column, tools) {
    const shown = rows.filter((row) => row[column]).slice(0, MOST_BARS);
    const most = Math.max(...shown.map((row) => Math.abs(row[column].value)));
    const list = make("ul", { class: "bars" }, ...shown.map((row) => {
      const bar = shape("svg", { height: 18, width: "100%", "aria-hidden": "true" });
      bar.append(shape("rect", { height: 18, width: `${most ? (100 * Math.abs(row[column].value)) / most : 0}%` }));
      return make("li", {}, make("span", {}, ...headOf(row, heads, tools)), " ", bar, " ", make("b", {}, tools.format(row[column].value)));
    }));
    return rows.length > shown.length ? [list, note(tools.fill("first", shown.length))] : [list];
  }

  // Returns the least value of each of five levels: that of all, then the highest of 1, 2, 5, 10, 20, 50 and so on.
  function levelsOf(values) {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const round = [];
    for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power += 1) {
      round.push(...[1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
    }
    return [least, ...round.filter((step) => step > least && step <= most).slice(-4)];
  }

  function scale(levels, tools) {
    const whole = levels.every(Number.isInteger);
    const range = (least, at) => {
      const next = levels[at + 1];
      if (next === undefined || !whole) return tools.format(least) + (next === undefined && levels.length > 1 ? "+" : "");
      return next - 1 > least ? `${tools.format(least)}–${tools.format(next - 1)}` : tools.format(least);
    };
    return make("ul", { class: "scale" }, ...levels.map((least, at) => make("li", { class: `level-${at + 1}` }, range(least, at))));
  }

  async function map({ land }, rows, column, tools) {
    const sums = new Map();
    for (const row of rows.filter((each) => each[land] && (!column || each[column]))) {
      const iri = row[land].value;
      sums.set(iri, (sums.get(iri) ?? 0) + (column ? +row[column].value : 1));
    }
    const levels = levelsOf([...sums.values()].filter((sum) => sum > 0));
    const answer = await fetch("assets/world.svg");
    if (!answer.ok) throw new Error(answer.status);
    // The style sheet of the page colours the shapes; the image has one of its own, which the policy forbids here.
    const text = (await answer.text()).replace(/<style>[^<]*<\/style>/, "");
    const world = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    for (const each of world.children) each.setAttribute("class", "land level-0");
    const missing = [];
    for (const [iri, sum] of sums) {
      const each = world.querySelector(`[id="${CSS.escape(iri.slice(COUNTRY.length))}"]`);
      const term = { type: "uri", value: iri };
      const told = `${tools.nameOf(term)}: ${tools.format(sum)}`;
      if (!each) missing.push(told);
      else {
        each.setAttribute("class", `land level-${levels.filter((level) => sum >= level).length}`);
        each.append(shape("title", {}));
        each.lastChild.textContent = told;
      }
      each?.removeAttribute("id");
    }
    for (const each of world.querySelectorAll("[id]")) each.removeAttribute("id");
    world.setAttribute("role", "img");
    world.setAttribute("aria-label", tools.fill("mapped", sums.size));
    const figure = make("figure", { class: "world" }, world, scale(levels, tools));
    return missing.length ? [figure, note(tools.fill("unmapped", missing.join("; ")))] : [figure];
  }

  // Returns rows by the text of a column, in order.
  function grouped(rows, keyOf) {
    const groups = new Map();
    for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
    return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  function histogram(rows, column, tools) {
    const monthOf = (text) => 12 * +text.slice(0, 4) + (+text.slice(5, 7) || 1) - 1;
    const months = rows.map((row) => monthOf(row[column].value));
    const [first, last] = [Math.min(...months), Math.max(...months)];
    const counts = Array(last - first + 1).fill(0);
    for (const month of months) counts[month - first] += 1;
    const most = Math.max(...counts);
    const drawing = shape("svg", { viewBox: `0 0 ${counts.length} 100`, preserveAspectRatio: "none", role: "img", "aria-label": tools.fill("timed", rows.length) });
    drawing.append(...counts.flatMap((count, at) => {
      const height = (100 * count) / most;
      const month = tools.month(`${Math.floor((first + at) / 12)}-${String(((first + at) % 12) + 1).padStart(2, "0")}`);
      return count ? [shape("rect", { x: at + 0.1, width: 0.8, y: 100 - height, height }, `${month}: ${tools.format(count)}`)] : [];
    }));
    const ends = [first, last].map((month) => make("span", {}, tools.month(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`)));
    return make("figure", { class: "histogram" }, drawing, make("figcaption", {}, ...ends));
  }

  function timeline({ heads }, rows, column, tools) {
    const dated = rows.filter((row) => row[column]);
    const days = grouped(dated, (row) => row[column].value.slice(0, 10));
    const entries = days.slice(0, MOST_DAYS).map(([day, own]) => {
      const line = own.slice(0, MOST_NAMES).flatMap((row, at) => [at ? "; " : "", ...headOf(row, heads, tools)]);
      const rest = own.length - MOST_NAMES;
      if (rest > 0) line.push(" ", make("span", { class: "soft" }, tools.fill("more", rest)));
      const when = make("p", { class: "when" }, make("time", { datetime: day }, tools.day(day)));
      if (own.length > 1) when.append(` (${tools.format(own.length)})`);
      return make("li", {}, when, make("p", {}, ...line));
    });
    const list = [histogram(dated, column, tools), make("ol", { class: "timeline" }, ...entries)];
    return days.length > MOST_DAYS ? [...list, note(tools.fill("first", MOST_DAYS))] : list;
  }

  return { of, draw: { bars, map, timeline } };
})();
