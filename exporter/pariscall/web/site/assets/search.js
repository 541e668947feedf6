"use strict";
// The search in the head of each page: names are suggested while they are typed.
(() => {
  const form = document.getElementById("find");
  const field = form.elements.q;
  const list = document.getElementById("suggestions");
  const told = document.getElementById("suggested");
  const { root, suffix, index: source, many, none } = form.dataset;
  const SHOWN = 8;

  let index = null;
  let active = -1;

  // The index is loaded once somebody turns to the search.
  function load() {
    if (index) return Promise.resolve(index);
    return new Promise((resolve, reject) => {
      const make = () => resolve(index = site.matching.prepare(site.search));
      if (site.search) return make();
      const script = Object.assign(document.createElement("script"), { src: source, onload: make, onerror: reject });
      document.head.append(script);
    });
  }

  function addressOf({ address }, way) {
    const [path, part] = address.split("#");
    return `${way}${path}${suffix}${part ? `#${part}` : ""}`;
  }

  const kindOf = ({ kind }) =>
    Object.assign(document.createElement("span"), { className: "soft", textContent: site.search.kinds[kind] });

  // Returns an entry of a list: a link to the page of a record, and what it is.
  site.entry = (record) => {
    const link = Object.assign(document.createElement("a"), { href: addressOf(record, root), textContent: record.title });
    const entry = document.createElement("li");
    entry.append(link, " ", kindOf(record));
    return entry;
  };

  // Returns an option, which holds no link: whatever reads a list of options aloud would not tell of it.
  function option(record, at) {
    const made = Object.assign(document.createElement("li"), { id: `suggestion-${at}`, role: "option", textContent: record.title });
    made.dataset.address = addressOf(record, root);
    made.append(kindOf(record));
    return made;
  }

  async function suggest() {
    const text = field.value;
    if (text.trim().length < 2) return close();
    const { found } = site.matching.find(await load(), text);
    if (text !== field.value) return;
    list.replaceChildren(...found.slice(0, SHOWN).map(option));
    told.textContent = found.length ? many.replace("{}", found.length.toLocaleString(document.documentElement.lang)) : none;
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    select(-1);
  }

  function select(at) {
    active = at;
    [...list.children].forEach((entry, place) => entry.setAttribute("aria-selected", String(place === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    select(-1);
  }

  field.addEventListener("focus", () => load().catch(close), { once: true });
  field.addEventListener("input", () => suggest().catch(close));
  field.addEventListener("keydown", (event) => {
    const number = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.href = list.children[active].dataset.address;
    else if (event.key === "ArrowDown" && number) select((active + 1) % number);
    else if (event.key === "ArrowUp" && number) select(active > 0 ? active - 1 : number - 1);
    else return;
    event.preventDefault();
  });
  // A press on a suggestion must not take the focus away before it is followed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    location.href = event.target.closest("li").dataset.address;
  });
  field.addEventListener("blur", close);
})();
