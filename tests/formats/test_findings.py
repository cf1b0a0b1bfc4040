"""Findings in each format, with text from a hostile dump."""

import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from netstat_parse.formats.finding_formats import FINDING_FORMATS, ReportTask, write_reports
from netstat_parse.schema.comparison import Side
from netstat_parse.schema.findings import Evidence, Finding, NotJudged, Report

HOSTILE = "ev\x1b[31mil|<b>[link=http://evil.example]\x9b31m\u202e"

INTERPRETED = ("\x1b", "\x9b", "\u202e")
"""Characters of it that a terminal interprets."""


def make_finding(severity: str = "error", subject: str = "sshd", lines: int = 1) -> Finding:
    evidence = [
        Evidence(line=line, table="connections", field="state", value="close_wait") for line in range(1, lines + 1)
    ]
    return Finding.model_validate(
        {
            "rule": "socket-close-wait",
            "severity": severity,
            "subject": subject,
            "message": "1,200 of 1,262 connections wait to be closed",
            "evidence": evidence,
            "meaning": "The peers have closed and the program here has not.",
            "remedy": "Restart it for now.",
            "source": "RFC 9293 s.3.3.2",
            "threshold": "ours",
        }
    )


def write(format_name: str, *reports: Report, **options: Any) -> str:  # noqa: ANN401 - options of the task
    output = io.BytesIO()
    dumped = [report.model_dump(mode="json") for report in reports]
    write_reports(ReportTask(dumped, output, "1.0", **options), format_name)
    return output.getvalue().decode()


REPORT = Report(
    source="dump.txt",
    findings=[make_finding("error", HOSTILE, 7), make_finding("note")],
    not_judged=[NotJudged(rule="socket-send-queue", reason="no timers were printed (-o)")],
)


def test_json_is_one_object_for_one_input_and_a_list_for_several() -> None:
    assert json.loads(write("json", REPORT)) == REPORT.model_dump(mode="json")
    assert [report["source"] for report in json.loads(write("json", REPORT, REPORT))] == ["dump.txt", "dump.txt"]


def test_sarif_names_the_rule_the_line_and_the_severity() -> None:
    [run] = json.loads(write("sarif", REPORT))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["socket-close-wait"]
    assert [(result["ruleIndex"], result["level"]) for result in run["results"]] == [(0, "error"), (0, "note")]
    places = [location["physicalLocation"] for location in run["results"][0]["locations"]]
    assert [place["region"]["startLine"] for place in places] == [1, 2, 3, 4, 5, 6, 7]
    assert {place["artifactLocation"]["uri"] for place in places} == {"dump.txt"}
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert "no timers" in notification["message"]["text"]


def test_sarif_escapes_a_file_name_as_a_reference() -> None:
    [run] = json.loads(write("sarif", REPORT.model_copy(update={"source": "d ü%#.txt"})))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "d%20%C3%BC%25%23.txt"


def test_junit_fails_for_findings_from_a_severity_up() -> None:
    for fail_on, failures in (("error", 1), ("note", 2)):
        [suite] = ET.fromstring(write("junit", REPORT, fail_on=fail_on))  # noqa: S314 - our own output
        assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", str(failures), "1")
        assert len(suite.findall("testcase/failure")) == failures


@pytest.mark.parametrize("is_verbose", [False, True])
def test_the_table_names_what_could_not_be_judged_if_asked(is_verbose: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = write("table", REPORT, is_verbose=is_verbose)
    assert "1 error, 1 note; 1 rule could not be judged" in text
    assert ("no timers were printed" in text) == is_verbose


def test_the_table_names_some_lines_of_many() -> None:
    assert "See dump.txt:1, 2, 3, 4, 5 and others" in write("table", REPORT)


def test_no_findings_are_reported_as_such() -> None:
    assert write("table", Report(source="dump.txt")) == "no findings\n"
    assert "no findings" in write("markdown", Report(source="dump.txt"))


def test_markdown_shows_text_of_the_dump_unchanged() -> None:
    text = MarkdownIt("commonmark").enable("table").render(write("markdown", REPORT))
    assert "ev␛[31mil|&lt;b&gt;[link=http://evil.example]" in text


def test_the_subject_is_named_once() -> None:
    finding = make_finding("error", "tcp 0.0.0.0:1, tcp 0.0.0.0:2").model_copy(
        update={"message": "tcp 0.0.0.0:1 is new; tcp 0.0.0.0:2 is new"}
    )
    report = Report(source="dump.txt", findings=[finding])
    for format_name in ("table", "sarif", "junit", "markdown"):
        text = write(format_name, report, fail_on="error")
        assert text.count("tcp 0.0.0.0:1") == (2 if format_name == "junit" else 1), format_name


@pytest.mark.parametrize("format_name", FINDING_FORMATS)
def test_no_format_passes_on_what_a_terminal_interprets(format_name: str) -> None:
    hostile = REPORT.model_copy(update={"source": HOSTILE})
    text = write(format_name, hostile, hostile, is_verbose=True)
    assert [character for character in INTERPRETED if character in text] == []


def test_a_comparison_names_both_sides() -> None:
    sides = {"before": Side(source="a.txt", snapshot=0), "after": Side(source="b.txt", snapshot=1)}
    report = REPORT.model_copy(update=sides)
    assert write("table", report).startswith("a.txt@0 to b.txt@1\n")
    assert write("markdown", report).startswith("## Findings in a.txt@0 to b.txt@1\n")
    assert json.loads(write("json", report))["before"]["source"] == "a.txt"
