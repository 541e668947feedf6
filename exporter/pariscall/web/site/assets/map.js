"use strict";
// The map of another month, of states or of organisations; a country leads to its page.
(() => {
  const { countries, days, levels, regions } = site.map;
  const form = document.getElementById("map-choice");
  const [kind, day, told, chosen, here] = ["map-kind", "map-day", "map-told", "map-country", "map-here"]
    .map((id) => document.getElementById(id));
  const lands = [...document.querySelectorAll("#world [data-country]")];
  const parts = [...document.querySelectorAll("[data-region]")].map((part) => ({ part, text: part.dataset.told }));
  const { lang, suffix, told: text } = form.dataset;
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Counts the supporters of a country that were known on a date.
  function count(code, until) {
    return countries[code].reduce((sum, [when, change, isState]) => {
      const isMeant = kind.value === "all" || isState === (kind.value === "state");
      return when <= until && isMeant ? sum + change : sum;
    }, 0);
  }

  // Returns how many supporters countries have, and how many of them have any, as words.
  function sum(codes, until) {
    const numbers = codes.map((code) => count(code, until));
    return { countries: numbers.filter(Boolean).length.toLocaleString(lang),
      number: numbers.reduce((all, number) => all + number, 0).toLocaleString(lang) };
  }

  function draw() {
    const until = days[day.value];
    for (const land of lands) {
      const number = count(land.dataset.country, until);
      const level = levels.filter((least) => number >= least).length;
      const mark = land.dataset.country === chosen.value ? " chosen" : "";
      land.setAttribute("class", `land level-${level}${mark}`);
      land.querySelector("title").textContent = `${land.dataset.name}: ${number.toLocaleString(lang)}`;
    }
    const codes = Object.keys(countries);
    const date = dates.format(new Date(until));
    told.textContent = filled(text, { day: date, ...sum(codes, until) });
    for (const { part, text: words } of parts) {
      part.textContent = filled(words, sum(codes.filter((code) => regions[code] === part.dataset.region), until));
    }
    day.setAttribute("aria-valuetext", date);
    tell(until);
  }

  // Says the number of the chosen country, as a link to its page.
  function tell(until) {
    here.replaceChildren();
    const option = chosen.selectedOptions[0];
    if (!option?.value) return;
    const link = Object.assign(document.createElement("a"), { href: `country/${option.value}${suffix}` });
    const number = count(option.value, until).toLocaleString(lang);
    link.textContent = filled(here.dataset.told, { country: option.textContent, number });
    here.append(link);
  }

  const names = new Map(lands.map((land) => [land.dataset.country, land.dataset.name]));
  const order = [...names].sort((one, other) => one[1].localeCompare(other[1], lang));
  chosen.append(...order.map(([code, name]) => new Option(name, code)));
  day.max = days.length - 1;
  day.value = day.max;
  form.addEventListener("input", draw);
  document.getElementById("world").addEventListener("click", ({ target }) => {
    const code = target.closest("[data-country]")?.dataset.country;
    if (code) location.href = `country/${code}${suffix}`;
  });
  form.hidden = false;
  draw();
})();
