"use strict";
const main = document.querySelector("main");
const candidates = [...document.querySelectorAll("article")];
let isSaved = true;

const decisionOf = (article) => article.dataset.decision ?? "";
const field = (article) => article.querySelector("input[type=text]");
const lacks = (article) =>
  decisionOf(article) === "accept" && "needsMore" in article.dataset && !field(article).value.trim();

function tell(note = "") {
  const count = (decision) => candidates.filter((each) => decisionOf(each) === decision).length;
  document.getElementById("counts").textContent =
    `${count("accept")} accepted, ${count("refuse")} refused, ${count("defer")} deferred, ${count("")} left. ${note}`;
}

function decide(article, decision) {
  article.dataset.decision = decision;
  article.querySelector(`input[value=${decision}]`).checked = true;
  const isAsked = decision === "refuse" || (decision === "accept" && "needsMore" in article.dataset);
  const label = field(article).closest("label");
  label.hidden = !isAsked;
  label.firstElementChild.textContent = decision === "refuse" ? "Why" : "What agrees besides the name";
  field(article).value = decision === "refuse" ? main.dataset.reason : "";
  isSaved = false;
  tell();
  return isAsked;
}

function move(article, step) {
  candidates[candidates.indexOf(article) + step]?.focus();
}

function save() {
  const missing = candidates.find(lacks);
  if (missing) {
    field(missing).focus();
    tell("Say what agrees besides the name: nothing is linked by name alone.");
    return;
  }
  const line = (article) => {
    const why = ["accept", "refuse"].includes(decisionOf(article)) ? field(article).value : "";
    return [article.dataset.subject, article.dataset.object, decisionOf(article), why.replace(/\s+/g, " ").trim()];
  };
  const lines = candidates.filter(decisionOf).map((article) => line(article).join("\t"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([[main.dataset.columns, ...lines, ""].join("\n")]));
  link.download = "decisions.tsv";
  link.click();
  URL.revokeObjectURL(link.href);
  isSaved = true;
  tell("Saved.");
}

const KEYS = {
  a: (article) => decide(article, "accept") ? field(article).focus() : move(article, 1),
  r: (article) => { decide(article, "refuse"); move(article, 1); },
  d: (article) => { decide(article, "defer"); move(article, 1); },
  j: (article) => move(article, 1),
  k: (article) => move(article, -1),
};

document.addEventListener("keydown", (event) => {
  const isText = event.target.matches("input[type=text]");
  const article = event.target.closest("article");
  if (isText && event.key === "Enter") {
    move(article, 1);
  } else if (isText || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === "s") {
    save();
  } else if (event.key in KEYS && (article ?? candidates[0])) {
    KEYS[event.key](article ?? candidates[0]);
  } else {
    return;
  }
  event.preventDefault();
});
main.addEventListener("change", (event) => {
  if (event.target.type === "radio") decide(event.target.closest("article"), event.target.value);
  isSaved = false;
});
document.getElementById("save").addEventListener("click", save);
addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
candidates[0]?.focus();
tell();
