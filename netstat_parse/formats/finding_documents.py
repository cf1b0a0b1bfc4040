"""Findings for programs: JSON, SARIF 2.1.0 (OASIS) for code scanners and CI, JUnit's XML for CI."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from netstat_parse.formats.finding_formats import (
    Report,
    ReportTask,
    group_evidence,
    is_failure,
    source_name,
    state_finding,
)
from netstat_parse.formats.json_text import write_value
from netstat_parse.records.values import printable

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_json(task: ReportTask) -> None:
    """Write one object for one input, and a list of them for several."""
    reports = list(task.reports)
    write_value(reports[0] if len(reports) == 1 else reports, task.file, task.appearance)


def write_sarif(task: ReportTask) -> None:
    """Write one SARIF run. SARIF has the same severities."""
    findings = [(report, finding) for report in task.reports for finding in report["findings"]]
    rules = {finding["rule"]: finding for _, finding in findings}
    indexes = {rule: index for index, rule in enumerate(rules)}
    driver = {"name": "netstat-parse", "version": task.version, "rules": list(map(_sarif_rule, rules.values()))}
    results = [_sarif_result(report, finding, indexes[finding["rule"]]) for report, finding in findings]
    notifications = [_sarif_notification(item) for report in task.reports for item in report["not_judged"]]
    run = {
        "tool": {"driver": driver},
        "results": results,
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
    }
    write_value({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, task.file, task.appearance)


def _sarif_rule(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": finding["rule"],
        "fullDescription": {"text": finding["meaning"]},
        "help": {"text": finding["remedy"]},
        "properties": {"source": finding["source"], "threshold": finding["threshold"]},
    }


def _sarif_result(report: Report, finding: Mapping[str, Any], index: int) -> dict[str, Any]:
    return {
        "ruleId": finding["rule"],
        "ruleIndex": index,
        "level": finding["severity"],
        "message": {"text": state_finding(finding)},
        "locations": list(_sarif_locations(report, finding)),
        "properties": {"evidence": finding["evidence"]},
    }


def _sarif_locations(report: Report, finding: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for source, line in group_evidence(finding):
        name = source or report["source"]
        if name is not None:
            place: dict[str, Any] = {"artifactLocation": {"uri": _uri(name)}}
            yield {"physicalLocation": place | ({"region": {"startLine": line}} if line else {})}


def _uri(name: str) -> str:
    """Return a file name as a reference (RFC 3986); its characters outside that are escaped."""
    return quote(PurePath(name).as_posix(), safe="/:", errors="surrogateescape")


def _sarif_notification(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"level": "note", "message": {"text": f"{item['rule']}: {item['reason']}"}}


def write_junit(task: ReportTask) -> None:
    """Write a suite for each input: a failure for each finding from the given severity up, other findings as output."""
    suites = ET.Element("testsuites", name="netstat-parse check")
    for report in task.reports:
        _add_suite(suites, report, task.fail_on)
    task.file.write(ET.tostring(suites, encoding="utf-8", xml_declaration=True) + b"\n")


def _add_suite(suites: ET.Element, report: Report, fail_on: str) -> None:
    findings, skipped = report["findings"], report["not_judged"]
    failures = sum(is_failure(finding, fail_on) for finding in findings)
    counts = {"tests": len(findings) + len(skipped), "failures": failures, "errors": 0, "skipped": len(skipped)}
    name = printable(source_name(report))
    suite = ET.SubElement(suites, "testsuite", {"name": name} | {key: str(count) for key, count in counts.items()})
    for finding in findings:
        case = ET.SubElement(suite, "testcase", classname=name, name=finding["rule"])
        message = state_finding(finding)
        text = "\n".join([message, finding["meaning"], finding["remedy"], *_evidence_lines(report, finding)])
        if is_failure(finding, fail_on):
            ET.SubElement(case, "failure", type=finding["severity"], message=message).text = text
        else:
            ET.SubElement(case, "system-out").text = f"{finding['severity']}: {text}"
    for item in skipped:
        case = ET.SubElement(suite, "testcase", classname=name, name=item["rule"])
        ET.SubElement(case, "skipped", message=printable(item["reason"]))


def _evidence_lines(report: Report, finding: Mapping[str, Any]) -> Iterator[str]:
    for (source, line), figures in group_evidence(finding).items():
        place = f"{source or source_name(report)}:{line}: " if line else ""
        yield printable(place + ", ".join(figures))
