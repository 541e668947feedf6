// The search: Pagefind's index, the form, and an address that can be shared.
import { correct, split } from "./spelling.js";

const form = document.getElementById("search");
const count = document.getElementById("count");
const found = document.getElementById("found");
const more = document.getElementById("more");
const words = form.dataset;
const FILTERS = ["category", "country", "status", "year"];
const SHOWN = 30;

let results = [];
let shown = 0;
let turn = 0;

const pagefind = import("../pagefind/pagefind.js").then(async (index) => {
  await index.options({ excerptLength: 1 });
  await index.init();
  return index;
});

// The words and the whole names that are in some record.
const known = fetch("pagefind/words.json").then((response) => response.json());

// The index holds each text without accents too.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

function read() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", ...FILTERS]) form.elements[name].value = asked.get(name) ?? "";
}

function asked() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
}

async function search() {
  const mine = ++turn;
  const query = asked();
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  keepLanguage();
  if (!query.size) return show([], "");
  count.textContent = words.loading;
  const filters = Object.fromEntries(FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  const text = fold(query.get("q") ?? "");
  try {
    const [index, list] = await Promise.all([pagefind, known]);
    const searched = correct(text, list.words);
    const answer = text ? await ask(index, searched, list, filters) : (await index.search(null, { filters, sort: { name: "asc" } })).results;
    const note = answer.length && searched !== split(text).join(" ") ? ` ${words.corrected.replace("{}", searched)}` : "";
    if (mine === turn) await show(answer, spell(answer.length) + note);
  } catch (error) {
    if (mine === turn) show([], words.failed);
    console.warn(error);
  }
}

// Returns the results of words, those with the whole text for a name first. Pagefind is not asked for a word
// that no record has: it would answer with whatever begins like it.
async function ask(index, searched, list, filters) {
  if (!searched) return [];
  const { results } = await index.search(searched, { filters });
  const name = searched.replaceAll(" ", "");
  if (!list.names.includes(name)) return results;
  const named = (await index.search(name + list.end, { filters })).results;
  const first = new Set(named.map((result) => result.id));
  return [...named, ...results.filter((result) => !first.has(result.id))];
}

function spell(number) {
  if (number < 2) return number ? words.one : words.none;
  return words.many.replace("{}", number.toLocaleString(words.lang));
}

async function show(answer, message) {
  results = answer;
  shown = 0;
  found.replaceChildren();
  more.hidden = true;
  if (await add()) count.textContent = message;
}

// Adds the next entries, unless another search has begun meanwhile; tells whether it did.
async function add() {
  const mine = turn;
  const records = await Promise.all(results.slice(shown, shown + SHOWN).map((result) => result.data()));
  if (mine !== turn) return false;
  found.append(...records.map(item));
  shown += records.length;
  more.hidden = shown >= results.length;
  more.disabled = false;
  return true;
}

function item(record) {
  const link = document.createElement("a");
  // A record is at LANGUAGE/DOCUMENT.html, its page at DOCUMENT and the suffix of the language.
  link.href = record.raw_url.replace(new RegExp(`^.*?/${words.lang}/(.*)\\.html$`), "$1") + words.suffix;
  link.textContent = record.meta.title;
  const facts = document.createElement("span");
  facts.className = "soft";
  facts.textContent = record.meta.kind ?? FILTERS.flatMap((name) => (record.filters[name] ?? []).map((code) => label(name, code))).join(" · ");
  const entry = document.createElement("li");
  entry.append(link, " ", facts);
  return entry;
}

function label(name, code) {
  return [...form.elements[name].options].find((option) => option.value === code)?.text ?? code;
}

// The page in the other language asks the same.
function keepLanguage() {
  for (const link of document.querySelectorAll(".languages a")) link.search = location.search;
}

let waiting;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
form.addEventListener("reset", () => setTimeout(search));
more.addEventListener("click", async () => {
  // A second click before the first is answered would ask for the same entries again.
  more.disabled = true;
  const mine = turn;
  const at = found.children.length;
  try {
    if (await add()) found.children[at].querySelector("a").focus();
  } catch (error) {
    console.warn(error);
    if (mine !== turn) return;
    count.textContent = words.failed;
    more.disabled = false;
  }
});
read();
search();
