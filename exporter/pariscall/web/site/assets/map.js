"use strict";
// The map of another month, of states or of organisations; a country leads to its page.
(() => {
  const { countries, days, levels } = site.map;
  const form = document.getElementById("map-choice");
  const [kind, day, told] = ["map-kind", "map-day", "map-told"].map((id) => document.getElementById(id));
  const lands = [...document.querySelectorAll("#world [data-country]")];
  const { lang, suffix, told: text } = form.dataset;
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });

  // Counts the supporters of a country that were known on a date.
  function count(code, until) {
    return countries[code].reduce((sum, [when, change, isState]) => {
      const isMeant = kind.value === "all" || isState === (kind.value === "state");
      return when <= until && isMeant ? sum + change : sum;
    }, 0);
  }

  function draw() {
    const until = days[day.value];
    for (const land of lands) {
      const number = count(land.dataset.country, until);
      const level = levels.filter((least) => number >= least).length;
      land.setAttribute("class", `land level-${level}`);
      land.querySelector("title").textContent = `${land.dataset.name}: ${number.toLocaleString(lang)}`;
    }
    const numbers = Object.keys(countries).map((code) => count(code, until));
    const values = { day: dates.format(new Date(until)), countries: numbers.filter(Boolean).length.toLocaleString(lang),
      number: numbers.reduce((sum, number) => sum + number, 0).toLocaleString(lang) };
    told.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    day.setAttribute("aria-valuetext", values.day);
  }

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
