"use strict";
// Rows to take along: CSV as in the dumps (RFC 4180, UTF-8), JSON, and a workbook.
(globalThis.site ??= {}).taking = (() => {
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const csv = (names, rows) => [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((cells) => `${cells.map(quoted).join(",")}\n`).join("");

  // An empty cell is null, and a boolean of XSD is one of JSON.
  const value = (cell) => ({ "": null, true: true, false: false })[cell] ?? (cell || null);
  const typed = (names, row) => Object.fromEntries(names.map((name) =>
    [name, name === "eu_member" ? value(row[name]) : row[name] || null]));
  const json = (names, rows) => `${JSON.stringify(rows.map((row) => typed(names, row)), null, 1)}\n`;

  const FORMATS = {
    csv: { type: "text/csv", write: csv },
    json: { type: "application/json", write: json },
    xlsx: {
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      write: (names, rows, about) => site.workbook(names, rows, about),
    },
  };

  // Hands a file to the reader; `about` are lines that say what the rows are.
  function take(format, name, { names, rows, about }) {
    const { type, write } = FORMATS[format];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([write(names, rows, about)], { type }));
    link.download = `${name}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  return { take };
})();
