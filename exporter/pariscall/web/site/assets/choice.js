"use strict";
// What a reader has chosen: the form of the explorer, and an address that holds the same.
(globalThis.site ??= {}).choice = (() => {
  const { count, label } = site.rows;
  const form = document.getElementById("choice");
  const facets = [...form.querySelectorAll("[data-facet]")].map((box) => ({ box, name: box.dataset.facet }));
  const EVERY = "any"; // in the address: no code of a facet, where one would be chosen at first
  const initial = { call: site.signatories.call };

  // Offers the codes that any row has, the most frequent first; years and answers in their order.
  function offer(rows) {
    for (const { box, name } of facets) {
      const counts = count(rows, { facets: {} }, name);
      counts.delete("");
      const byCode = ["year", "eu_member"].includes(name);
      const order = [...counts].sort((one, other) => (byCode ? 0 : other[1] - one[1])
        || label(name, one[0]).localeCompare(label(name, other[0]), form.dataset.lang));
      if (byCode) order.sort();
      box.querySelector("ul").replaceChildren(...order.map(([code]) => option(name, code)));
      box.hidden = order.length < 2;
    }
  }

  function option(name, code) {
    const item = document.createElement("li");
    const words = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: code });
    const number = document.createElement("b");
    words.append(input, ` ${label(name, code)} `, number);
    item.append(words);
    return item;
  }

  // Returns the chosen codes by facet, the words of the search, the date and the order.
  function read() {
    const data = new FormData(form);
    return {
      text: data.get("q").trim(),
      day: data.get("day") ?? "",
      sort: form.elements.sort.value,
      facets: Object.fromEntries(facets.map(({ name }) => [name, data.getAll(name)])),
    };
  }

  // Shows how many rows each code has among those that the other facets let through.
  function tell(rows, choice) {
    for (const { box, name } of facets) {
      const counts = count(rows, choice, name);
      for (const input of box.querySelectorAll("input")) {
        const number = counts.get(input.value) ?? 0;
        input.parentElement.querySelector("b").textContent = number.toLocaleString(form.dataset.lang);
        input.closest("li").hidden = !number && !input.checked;
      }
      box.querySelector(".chosen").textContent = choice.facets[name].map((code) => label(name, code)).join(", ");
    }
  }

  // Returns the address of a choice; what is chosen at first needs no word.
  function toAddress(choice) {
    const query = new URLSearchParams();
    if (choice.text) query.set("q", choice.text);
    for (const [name, codes] of Object.entries(choice.facets)) {
      if (name in initial && codes.join() === initial[name]) continue;
      for (const code of name in initial && !codes.length ? [EVERY] : codes) query.append(name, code);
    }
    if (choice.day) query.set("day", choice.day);
    if (choice.sort !== "name") query.set("sort", choice.sort);
    return query;
  }

  // Sets the form to what an address holds.
  function fromAddress(query) {
    form.elements.q.value = query.get("q") ?? "";
    if (form.elements.day) form.elements.day.value = query.get("day") ?? "";
    form.elements.sort.value = query.get("sort") ?? "name";
    if (!form.elements.sort.value) form.elements.sort.value = "name";
    for (const { box, name } of facets) {
      const codes = query.has(name) || !(name in initial) ? query.getAll(name) : [initial[name]];
      for (const input of box.querySelectorAll("input")) input.checked = codes.includes(input.value);
    }
  }

  return { facets, form, fromAddress, offer, read, tell, toAddress };
})();
