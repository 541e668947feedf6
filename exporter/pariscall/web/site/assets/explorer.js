"use strict";
// The explorer: draws the rows that a choice lets through, and hands them out.
(() => {
  const { filter, label, names, on } = site.rows;
  const { facets, form, fromAddress, offer, read, tell, toAddress } = site.choice;
  const { base, call, last } = site.signatories;
  const lang = form.dataset.lang;
  const words = JSON.parse(form.dataset.words);
  const [body, head] = [document.querySelector("#rows tbody"), document.querySelector("#rows thead")];
  const [state, chips, more, pages] = ["state", "chips", "more", "pages"].map((id) => document.getElementById(id));
  const index = site.matching.prepare(site.search);
  const collator = new Intl.Collator(lang, { sensitivity: "base", ignorePunctuation: true, numeric: true });
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const [AT_FIRST, AT_ONCE] = [100, 400];

  let shown = [];
  let drawn = 0;
  let chosen = null;

  const nameOf = (row) => row[`name_${lang}`] || row.name;
  const format = (number) => number.toLocaleString(lang);
  const dayOf = (day) => days.format(new Date(day));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function update() {
    chosen = read();
    const rows = on(chosen.day);
    const { found, searched } = chosen.text ? site.matching.find(index, chosen.text) : { found: null, searched: "" };
    chosen.pages = found && new Set(found.map(({ address }) => base + address));
    shown = sorted(filter(rows, chosen), found);
    tell(rows, chosen);
    tellState(searched);
    showPages(found ?? []);
    showChips();
    body.replaceChildren();
    drawn = 0;
    draw(AT_FIRST);
    const query = toAddress(chosen);
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll(".languages a")) link.search = location.search;
  }

  // Sorts rows by a column; those of a search are in its order unless another one is chosen.
  function sorted(rows, found) {
    const name = chosen.sort.replace(/^-/, "");
    if (found && name === "name") {
      const rank = new Map(found.map(({ address }, at) => [base + address, at]));
      return rows.sort((one, other) => rank.get(one.signatory) - rank.get(other.signatory));
    }
    const key = { name: nameOf, since: (row) => row.since }[name] ?? ((row) => label(name, row[name]));
    const direction = chosen.sort.startsWith("-") ? -1 : 1;
    const keyed = rows.map((row) => [key(row), row]);
    keyed.sort((one, other) => direction * collator.compare(one[0], other[0]));
    return keyed.map(([, row]) => row);
  }

  function tellState(searched) {
    const number = shown.length;
    const gone = shown.filter((row) => row.status !== "active").length;
    const parties = new Set(shown.map((row) => row.signatory)).size;
    const parts = [fill(parties === 1 ? words.one : words.many, { number: format(parties) })];
    if (parties < number) parts.push(fill(words.rows, { number: format(number) }));
    if (gone) parts.push(fill(words.gone, { number: format(gone) }));
    if (chosen.day) parts.push(fill(words.on, { day: dayOf(chosen.day) }));
    if (searched) parts.push(fill(words.corrected, { words: searched }));
    state.textContent = `${parts.join(", ")}.`;
    document.getElementById("take").textContent = fill(number === 1 ? words.take_one : words.take, { number: format(number) });
    for (const button of document.querySelectorAll("[data-format]")) button.disabled = !number;
    for (const button of head.querySelectorAll("button")) {
      const isBy = chosen.sort.replace(/^-/, "") === button.value;
      button.closest("th").setAttribute("aria-sort", isBy ? (chosen.sort.startsWith("-") ? "descending" : "ascending") : "none");
    }
  }

  // Shows the pages that a search finds and that are no rows: principles, sources, countries.
  function showPages(found) {
    const rows = new Set(shown.map((row) => row.signatory));
    const others = found.filter(({ address }) => !rows.has(base + address)).slice(0, 12);
    pages.hidden = !others.length;
    pages.querySelector("ul").replaceChildren(...others.map(site.entry));
  }

  function showChips() {
    const made = facets.flatMap(({ name }) => chosen.facets[name].map((code) => chip(name, code)));
    chips.replaceChildren(...made);
  }

  function chip(name, code) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "chosen-chip" });
    button.textContent = `${label(name, code)} ×`;
    button.setAttribute("aria-label", fill(words.remove, { name: label(name, code) }));
    button.addEventListener("click", () => {
      const input = [...form.querySelectorAll(`[name="${name}"]`)].find(({ value }) => value === code);
      input.checked = false;
      update();
    });
    return button;
  }

  function draw(number) {
    const hasCalls = chosen.facets.call.join() !== call;
    body.append(...shown.slice(drawn, drawn + number).map((row) => line(row, hasCalls)));
    drawn = Math.min(shown.length, drawn + number);
    more.hidden = drawn === shown.length;
  }

  function line(row, hasCalls) {
    const made = document.createElement("tr");
    const name = Object.assign(document.createElement("th"), { scope: "row" });
    const link = Object.assign(document.createElement("a"), { href: row.signatory.slice(base.length) + form.dataset.suffix });
    const text = document.createElement("bdi");
    text.textContent = nameOf(row);
    link.append(text);
    name.append(link);
    if (row.status !== "active") name.append(" ", badge(label("status", row.status), row.status));
    if (hasCalls) name.append(Object.assign(soft(label("call", row.call)), { className: "soft call" }));
    const since = document.createElement("td");
    if (words[`since_${row.since_basis}`]) since.append(soft(`${words[`since_${row.since_basis}`]} `));
    const time = Object.assign(document.createElement("time"), { dateTime: row.since, textContent: dayOf(row.since) });
    since.append(time);
    made.append(name, cell(label("category", row.category)), cell(row.country && label("country", row.country)), since);
    return made;
  }

  function cell(text) {
    return Object.assign(document.createElement("td"), { textContent: text });
  }

  function soft(text) {
    return Object.assign(document.createElement("span"), { className: "soft", textContent: text });
  }

  function badge(text, kind) {
    return Object.assign(document.createElement("span"), { className: `badge ${kind}`, textContent: text });
  }

  // Says in the file what its rows are: what was chosen, the date, and where they are from.
  function about() {
    const choice = facets.flatMap(({ name, box }) => chosen.facets[name].map((code) =>
      [box.querySelector("legend").textContent, label(name, code)]));
    const date = [words.state, chosen.day || last];
    return [[words.site, form.dataset.dataset], date, [words.licence, form.dataset.licence], [words.address, location.href],
      ...(chosen.text ? [[words.text, chosen.text]] : []), ...choice];
  }

  function sort(name) {
    const isSame = form.elements.sort.value === name;
    form.elements.sort.value = isSame ? `-${name}` : name;
    update();
  }

  let waiting;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.type === "search") waiting = setTimeout(update, 120);
    else update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    fromAddress(new URLSearchParams());
    update();
  }));
  head.addEventListener("click", (event) => event.target.closest("button") && sort(event.target.closest("button").value));
  more.addEventListener("click", () => {
    const at = drawn;
    draw(AT_ONCE);
    body.children[at].querySelector("a").focus();
  });
  for (const button of document.querySelectorAll("[data-format]")) {
    button.addEventListener("click", () => {
      const name = `${form.dataset.name}${chosen.day ? `-${chosen.day}` : ""}`;
      site.taking.take(button.dataset.format, name, { names, rows: shown, about: about() });
    });
  }

  offer(on(""));
  fromAddress(new URLSearchParams(location.search));
  document.getElementById("explorer").hidden = false;
  const filters = document.getElementById("filters");
  filters.open = matchMedia("(min-width: 60rem)").matches;
  update();
})();
