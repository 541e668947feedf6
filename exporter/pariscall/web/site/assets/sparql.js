// The query page: an editor, a worker that answers, a table, and links that hold a query.
const form = document.getElementById("ask");
const words = form.dataset;
const element = (id) => document.getElementById(id);
const [run, stop, link, state, problem] = ["run", "stop", "link", "state", "problem"].map(element);
const [results, rows, graph] = ["results", "rows", "graph"].map(element);
const here = document.currentScript.src;
const SHOWN = 1000;
const KINDS = { csv: "text/csv", json: "application/sparql-results+json", ttl: "text/turtle" };

const prefixes = [...words.prologue.matchAll(/PREFIX (\S+): <(\S+)>/g)]
  .map(([, name, iri]) => [name, iri])
  .sort(([, one], [, other]) => other.length - one.length);
const number = (value, digits = 0) =>
  value.toLocaleString(words.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", value), text);

let wide = false; // whether a word without a prefix is completed, which takes a key
const offered = site.completion.offers(prefixes);
Yasqe.registerAutocompleter({
  name: "terms",
  autoShow: true,
  bulk: false,
  isValidCompletionPosition(lines) {
    const { string, type } = lines.getCompleteToken();
    return type !== "comment" && type !== "string" && (wide ? /^[\w-]/ : /^[\w-]+:/).test(string);
  },
  get: (lines, { string }) => site.completion.find(offered, string).map(({ text }) => text),
  postprocessHints: (lines, hints) => hints.map((hint) => ({ ...hint, render: offer })),
}, false);
Yasqe.defaults.autocompleters = ["variables", "terms"]; // those left out ask services of others

// Fills an entry of the list of completions: what is written, and what it is called.
function offer(entry, list, { text }) {
  const { title } = offered.find((each) => each.text === text);
  entry.append(cell("span", text), " ", cell("span", title, { class: "soft" }));
}

const editor = new Yasqe(element("editor"), {
  persistenceId: null,
  showQueryButton: false,
  createShareableLink: null,
  resizeable: false,
  editorHeight: "auto",
  viewportMargin: Infinity, // the editor is as high as the query, so nothing scrolls inside
  syntaxErrorCheck: false, // it knows no prefix that the query does not declare
  value: "",
  extraKeys: {
    "Ctrl-Enter": ask,
    "Cmd-Enter": ask,
    "Ctrl-Space": (lines) => {
      wide = true;
      lines.autocomplete();
      wide = false;
    },
    Tab: (lines) => lines.execCommand("indentMore"),
    Esc: () => {
      editor.getInputField().blur();
      run.focus();
    },
  },
});
const field = editor.getInputField();
field.setAttribute("aria-label", words.editor);
field.setAttribute("aria-describedby", "keys");
editor.on("autocompletionShown", (_, { hints }) => {
  hints.setAttribute("aria-label", words.completions);
  hints.tabIndex = 0; // it scrolls
});
for (const bar of document.querySelectorAll(".CodeMirror-vscrollbar, .CodeMirror-hscrollbar")) {
  bar.setAttribute("aria-hidden", "true");
}

let worker;
let turn = 0;
let asked = null; // the query whose answer is shown or awaited

function work() {
  if (worker) return worker;
  worker = new Worker(new URL("sparql-worker.js", here), { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = () => fail(words.failed);
  return worker;
}
function hear(data) {
  if (data.received) {
    const share = data.size ? number((100 * data.received) / data.size) + "\u00a0%" : number(data.received / 1e6, 1) + "\u00a0MB";
    tell(fill(words.loading, share));
  } else if (data.reading) tell(words.reading);
  else if (data.ready) tell(asked ? words.running : "");
  else if (data.failed) fail(words.failed);
  else if (data.turn !== turn) return;
  else if (data.problem) fail(explain(data.problem));
  else if (data.format === asked.format && !asked.done) answer(data);
  else save(data);
}

function tell(text) {
  state.textContent = text;
}

function fail(text) {
  tell("");
  problem.textContent = text;
  problem.hidden = false;
  rest();
}

function rest() {
  stop.disabled = true;
  run.disabled = false;
}

function ask() {
  const query = editor.getValue();
  const type = editor.getQueryType();
  const isGraph = type === "CONSTRUCT" || type === "DESCRIBE";
  share(query);
  problem.hidden = true;
  results.hidden = true;
  asked = { query, isGraph, format: isGraph ? "ttl" : "json", done: false };
  stop.disabled = false;
  run.disabled = true;
  tell(words.running);
  send(asked.format);
}

// The prefixes go before the first line, so that the lines of problems are those of the editor.
function send(format) {
  work().postMessage({ query: words.prologue + asked.query, format, turn: ++turn });
}

function explain(text) {
  const place = text.match(/^error at (\d+):(\d+): ?([\s\S]*)/);
  if (!place) return text;
  const line = Number(place[1]);
  const column = Number(place[2]) - (line === 1 ? words.prologue.length : 0);
  const why = place[3].length > 160 ? place[3].slice(0, 160) + "…" : place[3];
  return fill(words.wrong, line, Math.max(1, column)) + why;
}

function answer({ text, seconds }) {
  asked.done = true;
  rest();
  results.hidden = false;
  const time = number(seconds, 2);
  for (const button of results.querySelectorAll("[data-format]")) {
    button.hidden = asked.isGraph ? button.dataset.format === "csv" : button.dataset.format === "ttl";
  }
  graph.hidden = !asked.isGraph;
  rows.hidden = asked.isGraph;
  site.viewing.none();
  if (asked.isGraph) {
    graph.textContent = text;
    tell(fill(words.graph, time));
    return;
  }
  const { head, results: found, boolean } = JSON.parse(text);
  if (boolean !== undefined) {
    rows.hidden = true;
    tell(boolean ? words.yes : words.no);
    return;
  }
  const header = document.createElement("tr");
  header.append(...head.vars.map((name) => cell("th", name, { scope: "col" })));
  rows.tHead.replaceChildren(header);
  rows.tBodies[0].replaceChildren(...found.bindings.slice(0, SHOWN).map((binding) => row(head.vars, binding)));
  site.viewing.offer(head.vars, found.bindings, { nameOf, pageOf: (term) => page(term.value), chosen: shareView });
  const total = found.bindings.length;
  const done = total === 1 ? fill(words.doneOne, time) : fill(words.done, number(total), time);
  tell(total > SHOWN ? `${done}. ${fill(words.shown, number(SHOWN))}` : done);
}

function row(names, binding) {
  const line = document.createElement("tr");
  line.append(...names.map((name) => value(binding[name])));
  return line;
}

function value(term) {
  if (!term) return cell("td", "");
  if (term.type !== "uri") return cell("td", term.value, term["xml:lang"] ? { lang: term["xml:lang"] } : {});
  const shown = cell("td", "");
  const target = page(term.value);
  const text = cell(target ? "a" : "span", shorten(term.value), { title: term.value });
  if (target) text.href = target;
  shown.append(text);
  const name = site.labels.titles.get(term.value);
  if (name) shown.append(cell("span", name, { class: "soft label" }));
  return shown;
}

// Returns what a term is called: by its name, if it has one.
function nameOf({ type, value }) {
  return type === "uri" ? site.labels.titles.get(value) ?? shorten(value) : value;
}

function cell(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, content] of Object.entries(attributes)) made.setAttribute(key, content);
  return made;
}

function shorten(iri) {
  const known = prefixes.find(([, namespace]) => iri.startsWith(namespace));
  return known ? `${known[0]}:${iri.slice(known[1].length)}` : iri;
}

// Whose page is here: parties, calls, events, sources, claims and countries.
function page(iri) {
  if (/^[A-Z0-9]{3}$/.test(iri.slice(COUNTRY.length)) && iri.startsWith(COUNTRY)) {
    return `country/${iri.slice(COUNTRY.length)}${words.suffix}`;
  }
  const path = iri.startsWith(BASE) ? iri.slice(BASE.length) : "";
  return /^(actor|call|event|source|claim)\/[a-z0-9/-]+$/.test(path) ? path + words.suffix : "";
}

function save({ text, format }) {
  const file = URL.createObjectURL(new Blob([text], { type: KINDS[format] }));
  const anchor = cell("a", "", { href: file, download: `results.${format}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(file), 1000);
}

function shareView(name) {
  share(asked.query, name);
}

function share(query, view = "table") {
  const target = `#query=${encodeURIComponent(query)}${view === "table" ? "" : `&view=${view}`}`;
  link.href = target;
  history.replaceState(null, "", target);
  for (const other of document.querySelectorAll(".languages a")) other.hash = target;
}

function open() {
  const held = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const query = held.get("query");
  if (!query) return false;
  site.viewing.wish(held.get("view") ?? "table");
  editor.setValue(query);
  link.href = location.hash;
  return true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
stop.addEventListener("click", () => {
  worker.terminate();
  worker = null;
  turn += 1;
  rest();
  run.focus();
  tell(words.stopped);
});
for (const button of results.querySelectorAll("[data-format]")) {
  button.addEventListener("click", () => send(button.dataset.format));
}
window.addEventListener("hashchange", () => {
  if (open()) {
    ask();
    form.scrollIntoView();
  }
});
if (open()) ask();
else editor.setValue(new URLSearchParams(document.querySelector(".examples .first").hash.slice(1)).get("query"));
