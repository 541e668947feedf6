"use strict";
// The rows of the signatories, today or on an earlier date.
(globalThis.site ??= {}).rows = (() => {
  const { columns, listed, changes, labels, groupings, last } = site.signatories;
  const names = Object.keys(columns);
  const cellOf = (column, at) => (column.places ? column.values[column.places[at]] : column[at]);
  const today = Array.from({ length: (columns.call.places ?? columns.call).length }, (_, at) =>
    Object.fromEntries(names.map((name) => [name, cellOf(columns[name], at)])));

  // Returns the groupings that a country was a member of on a date; the day of leaving is the last.
  const memberships = (country, day) => Object.keys(groupings).filter((grouping) =>
    (groupings[grouping][country] ?? []).some(([joined, left]) => joined <= day && (!left || left >= day)));
  const marked = (row, day) => ({ ...row, grouping: memberships(row.country, day) });
  const current = today.map((row) => marked(row, last));

  // Returns the rows of those who were listed on a date (ISO 8601), as they were then.
  function on(day) {
    if (!day) return current;
    const earlier = new Map();
    for (const [at, until, before] of changes) {
      // The latest change of a row comes first: each is undone in turn.
      if (until > day) earlier.set(at, { ...earlier.get(at), ...before });
    }
    return today.flatMap((row, at) => {
      if (cellOf(listed, at) > day) return [];
      const isOver = row.until && row.until <= day;
      return [marked({ ...row, ...earlier.get(at), ...(isOver ? {} : { status: "active", until: "" }) }, day)];
    });
  }

  // Returns the code that a row has in a facet, and the codes where it can have several.
  const codeOf = (row, name) => (name === "year" ? row.since.slice(0, 4) : row[name]);
  const hasOne = (code, codes) => (Array.isArray(code) ? code.some((each) => codes.includes(each)) : codes.includes(code));
  const label = (name, code) => labels[name]?.[code] ?? code;

  // Returns the rows that have a chosen code in each facet; `but` names a facet to leave out.
  function filter(rows, { facets, pages }, but) {
    const asked = Object.entries(facets).filter(([name, codes]) => name !== but && codes.length);
    return rows.filter((row) => asked.every(([name, codes]) => hasOne(codeOf(row, name), codes))
      && (!pages || pages.has(row.signatory)));
  }

  // Counts the codes of a facet among the rows that the other facets let through.
  function count(rows, choice, name) {
    const counts = new Map();
    for (const row of filter(rows, choice, name)) {
      const found = codeOf(row, name);
      for (const code of Array.isArray(found) ? found : [found]) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return counts;
  }

  return { count, filter, label, names, on };
})();
