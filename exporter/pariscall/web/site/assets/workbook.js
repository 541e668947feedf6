"use strict";
// A workbook of rows (Office Open XML, ECMA-376): real dates, a header that stays, filters, and a sheet that says what they are.
(globalThis.site ??= {}).workbook = (() => {
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const [BOLD, DATE] = [1, 2]; // styles, by their place in STYLES
  const DAY_ZERO = Date.UTC(1899, 11, 30);

  const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>`
    + '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    + '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

  const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  // XML 1.0 has no place for the other control characters.
  const escape = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>]/g, (sign) => ESCAPED[sign]);

  function letters(column) {
    return (column >= 26 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + column % 26);
  }

  function cell(text, reference, style) {
    if (!text) return "";
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return `<c r="${reference}" s="${DATE}"><v>${(Date.parse(text) - DAY_ZERO) / 864e5}</v></c>`;
    return `<c r="${reference}" t="inlineStr"${style ? ` s="${style}"` : ""}><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
  }

  function lines(table, style = () => 0) {
    return table.map((cells, line) => `<row r="${line + 1}">${
      cells.map((text, column) => cell(text, `${letters(column)}${line + 1}`, style(line))).join("")}</row>`).join("");
  }

  function sheet(names, rows) {
    const table = [names, ...rows.map((row) => names.map((name) => row[name]))];
    const all = `A1:${letters(names.length - 1)}${table.length}`;
    return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">`
      + '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
      + `<cols><col min="1" max="${names.length}" width="18" customWidth="1"/></cols>`
      + `<sheetData>${lines(table, (line) => (line ? 0 : BOLD))}</sheetData><autoFilter ref="${all}"/></worksheet>`;
  }

  function about(facts) {
    return `${HEAD}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols>`
      + `<sheetData>${lines(facts)}</sheetData></worksheet>`;
  }

  const relations = (targets) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${
    targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`).join("")}</Relationships>`;

  return (names, rows, facts) => site.zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>`
      + `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${
        [1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="signatories" sheetId="1" r:id="rId1"/><sheet name="about" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([["worksheet", "worksheets/sheet1.xml"], ["worksheet", "worksheets/sheet2.xml"], ["styles", "styles.xml"]]),
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": sheet(names, rows),
    "xl/worksheets/sheet2.xml": about(facts),
  });
})();
