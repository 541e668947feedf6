"""JUnit XML, as test reports of CI servers read it: a rule that finds nothing is a passed test.

The dialect is that of https://github.com/jenkinsci/xunit-plugin (junit-10.xsd).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..counts import format_severity
from ..report import Finding, Report

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report, lang: str) -> str:
    """Write a report as one suite of tests, a case for each finding and each other rule."""
    found = {
        name for finding in report.findings for name in (finding.rule, finding.rule.split()[0])
    }
    passed = [name for name in report.rules if name not in found]
    accepted = sum(finding.accepted is not None for finding in report.findings)
    suite = Element(
        "testsuite",
        name="pariscall validate",
        tests=str(len(passed) + len(report.findings)),
        failures=str(0 if report.refusal else len(report.failing)),
        errors=str(len(report.failing) if report.refusal else 0),
        skipped=str(accepted),
    )
    for name in passed:
        SubElement(suite, "testcase", classname=name, name=name)
    for finding in report.findings:
        _add(suite, report, finding, lang)
    suites = Element("testsuites", name="pariscall", tests=suite.attrib["tests"])
    suites.set("failures", suite.attrib["failures"])
    suites.append(suite)
    indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, "unicode") + "\n"


def _add(suite: Element, report: Report, finding: Finding, lang: str) -> None:
    where = str(finding.location)
    name = _xml(f"{where} {' '.join(finding.about)}")
    case = SubElement(suite, "testcase", classname=_xml(finding.rule), name=name)
    message = _xml(finding.message(lang))
    detail = _xml("\n".join([message, *finding.about, where]))
    if finding.accepted is not None:
        SubElement(case, "skipped", message=_xml(finding.accepted)).text = detail
    elif report.fails(finding):
        kind = format_severity(finding.severity, lang)
        tag = "error" if report.refusal else "failure"
        SubElement(case, tag, message=message, type=kind).text = detail
    else:
        SubElement(case, "system-out").text = f"{format_severity(finding.severity, lang)}: {detail}"


def _xml(text: str) -> str:
    """Leave out the characters that XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)
