"use strict";
// Finds the records that a text means by their names. A text that is near no name finds nothing.
(globalThis.site ??= {}).matching = (() => {
  // A short word has no room for an error: whatever is near it is another word.
  const ERRORS = [[8, 2], [5, 1], [0, 0]];
  const NOWHERE = 9;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];

  // Returns the records with the words of their names, and all words in use.
  function prepare({ records }) {
    const prepared = records.map(([address, title, kind, ...others]) => {
      const names = [title, ...others].map(split).filter((words) => words.length);
      return { address, title, kind, names, words: new Set(names.flat()) };
    });
    return { records: prepared, words: [...new Set(prepared.flatMap(({ words }) => [...words]))] };
  }

  // Returns the records that a text finds, the best first, and the words that were looked for.
  function find({ records, words }, text) {
    const asked = split(text);
    const searched = asked.map((word) => nearest(word, words));
    if (!asked.length || searched.includes(null)) return { found: [], searched: "" };
    const found = [];
    for (const record of records) {
      const rank = Math.min(...record.names.map((name) => rankOf(name, searched)), loosely(record, searched));
      if (rank < NOWHERE) found.push({ rank, record });
    }
    found.sort((one, other) => one.rank - other.rank || one.record.kind - other.record.kind
      || one.record.title.length - other.record.title.length || (one.record.title < other.record.title ? -1 : 1));
    const isCorrected = searched.join() !== asked.join();
    return { found: found.map(({ record }) => record), searched: isCorrected ? searched.join(" ") : "" };
  }

  // Ranks a name: the whole of it, its beginning, whole words of it, beginnings of words.
  function rankOf(name, searched) {
    const [whole, text] = [name.join(" "), searched.join(" ")];
    if (name.join("") === searched.join("")) return 0;
    if (whole.startsWith(`${text} `)) return 1;
    if (whole.startsWith(text) && text.length > 1) return 2;
    if (searched.every((word) => name.includes(word))) return 3;
    return searched.every((word) => begins(name, word)) ? 4 : NOWHERE;
  }

  const loosely = ({ words }, searched) => (searched.every((word) => words.has(word)) ? 5 : NOWHERE);
  const begins = (name, word) => (word.length > 1 ? name.some((own) => own.startsWith(word)) : name.includes(word));

  // Returns a word that begins one in use, or else the nearest one; null if none is near.
  function nearest(word, known) {
    if (begins(known, word)) return word;
    let [best, least] = [null, ERRORS.find(([length]) => word.length >= length)[1] + 1];
    for (const other of known) {
      if (Math.abs(other.length - word.length) >= least) continue;
      const errors = distance(word, other);
      if (errors < least) [best, least] = [other, errors];
    }
    return best;
  }

  // The letters to add, remove, replace or swap with the next (optimal string alignment).
  function distance(one, other) {
    let before = [], last = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const differs = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
        const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  return { find, prepare };
})();
