// Corrects the words of a search by the words that are in some record.

// A short word has no room for an error: whatever is near it is another word.
const ERRORS = [[8, 2], [5, 1], [0, 0]];

export function split(text) {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

// Returns the words to search for, or null if a word is in no record and near no word of one.
export function correct(text, known) {
  const corrected = split(text).map((word) => nearest(word, known));
  return corrected.includes(null) ? null : corrected.join(" ");
}

function nearest(word, known) {
  if (known.some((other) => other.startsWith(word))) return word;
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
