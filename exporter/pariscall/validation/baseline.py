"""The baseline: findings that are known and accepted, each for a reason and until a day.

A table with the columns ``rule``, ``about``, ``fingerprint``, ``reason`` and ``expires``. The
fingerprint alone tells what a row accepts; rule and about say it to a reader.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import relative
from ..tables.checks import check_tables
from ..tables.csvw import Column, Schema, Table
from ..tables.dialect import ENCODING
from ..tables.rows import Row, read_rows
from ..tables.writer import rewrite_tables
from .locations.location import SourceText
from .report import Finding, Report, digest, order

EXPIRED, UNUSED = "baseline:expired", "baseline:unused"
_MESSAGES = {
    EXPIRED: (
        ("en", "What was accepted here is so no longer. Mend it, or accept it anew."),
        ("fr", "Ce qui était accepté ici ne l’est plus. Corrigez-le ou acceptez-le à nouveau."),
    ),
    UNUSED: (
        ("en", "Nothing is found any more that this row accepts. Remove the row."),
        ("fr", "Plus rien ne correspond à cette ligne. Supprimez-la."),
    ),
}
_DATATYPES = {
    "rule": "string",
    "about": "string",
    "fingerprint": "string",
    "reason": "string",
    "expires": "date",
}


def accept(report: Report, path: Path, today: date) -> Report:
    """Apply a baseline to a report.

    What it accepts no longer fails; a row that has expired, or accepts nothing that was found,
    is a violation of its own.

    Raises:
        TableError: if the baseline is not there or not such a table.
    """
    known = {row["fingerprint"]: row for row in _read(path)}
    findings = [
        _accepted(finding, known.get(finding.fingerprint), today) for finding in report.findings
    ]
    found = {finding.fingerprint for finding in report.findings}
    lines = SourceText(relative(path), path.read_text(encoding=ENCODING))
    for fingerprint, row in known.items():
        if fingerprint not in found:
            findings.append(_fault(UNUSED, row, lines))
        elif not _is_valid(row, today):
            findings.append(_fault(EXPIRED, row, lines))
    return replace(report, findings=sorted(findings, key=order))


def update(report: Report, path: Path, reason: str, expires: date, today: date) -> int:
    """Accept what fails: rewrite a baseline so that it accepts just what was found.

    Rows that are still good stay as they are; expired ones are renewed, with the reason and the
    day given. Returns how many rows are new or renewed.

    Raises:
        TableError: if the baseline that is there is not such a table.
        OutputError: if it cannot be written.
    """
    known = {row["fingerprint"]: row for row in _read(path)} if path.exists() else {}
    records = []
    changed = 0
    for finding in report.findings:
        row = known.get(finding.fingerprint)
        if row and _is_valid(row, today):
            records.append({name: row[name] for name in _DATATYPES})
        elif row or report.fails(finding):
            records.append(_record(finding, reason, expires))
            changed += 1
    rewrite_tables(_schema(path), {path.name: records})
    return changed


def _read(path: Path) -> list[Row]:
    schema = _schema(path)
    check_tables(schema)
    return list(read_rows(schema.tables[0]))


def _schema(path: Path) -> Schema:
    columns = tuple(
        Column(name, required=True, datatype=datatype) for name, datatype in _DATATYPES.items()
    )
    key = ("rule", "about", "fingerprint")
    return Schema((Table(path, "", columns, key, foreign_keys=(), is_mapped=False),))


def _record(finding: Finding, reason: str, expires: date) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "about": " ".join(" ".join(finding.about).split()),
        "fingerprint": finding.fingerprint,
        "reason": reason,
        "expires": expires.isoformat(),
    }


def _is_valid(row: Row, today: date) -> bool:
    return date.fromisoformat(row["expires"]) >= today


def _accepted(finding: Finding, row: Row | None, today: date) -> Finding:
    is_accepted = row is not None and _is_valid(row, today)
    return replace(finding, accepted=row["reason"]) if row and is_accepted else finding


def _fault(rule: str, row: Row, lines: SourceText) -> Finding:
    start = lines.start(row.line)
    about = (row["rule"], row["about"])
    return Finding(
        rule=rule,
        severity="Violation",
        messages=_MESSAGES[rule],
        about=about,
        fingerprint=digest(rule, row["fingerprint"]),
        location=lines.location(start, start + len(row["rule"])),
    )
