"""Findings for people: on a terminal, and in Markdown for a ticket."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.comparison_formats import describe_side
from netstat_parse.formats.finding_formats import (
    Report,
    ReportTask,
    count_severities,
    group_evidence,
    source_name,
    state_finding,
)
from netstat_parse.formats.markdown_writer import escape
from netstat_parse.formats.paragraphs import break_paragraph, paint_for, write_lines
from netstat_parse.formats.styles import SEVERITIES, TITLE
from netstat_parse.records.values import count_things, printable

MAX_PLACES = 5
"""Maximum number of lines of the input that are named below a finding; JSON has all."""

INDENT = 9
"""Width in characters of the column of severities: that of ``warning`` and two blanks."""


def write_table(task: ReportTask) -> None:
    """Write each finding as a paragraph: severity, rule and message; below it the meaning, the remedy and the lines."""
    for report in task.reports:
        write_lines(_report_lines(report, task), task.file)


def _report_lines(report: Report, task: ReportTask) -> Iterator[str]:
    if len(task.reports) > 1 or report["before"]:
        for line in break_paragraph(printable(_title(report)), 0, task.appearance):
            yield paint_for(line, TITLE, task.appearance)
    for finding in report["findings"]:
        yield from _finding_lines(report, finding, task.appearance)
    yield from break_paragraph(_summarize(report), 0, task.appearance)
    for item in report["not_judged"] if task.is_verbose else ():
        yield from break_paragraph(f"{item['rule']}: {printable(item['reason'])}", 2, task.appearance)


def _title(report: Report) -> str:
    """Return the name of the input, or of both sides that were compared."""
    if report["before"] and report["after"]:
        return f"{describe_side(report['before'])} to {describe_side(report['after'])}"
    return source_name(report)


def _finding_lines(report: Report, finding: Mapping[str, Any], appearance: Appearance) -> Iterator[str]:
    severity = paint_for(finding["severity"].ljust(INDENT), SEVERITIES[finding["severity"]], appearance)
    yield severity + paint_for(finding["rule"], TITLE, appearance)
    for paragraph in _paragraphs(report, finding):
        yield from break_paragraph(paragraph, INDENT, appearance)
    yield ""


def _paragraphs(report: Report, finding: Mapping[str, Any]) -> Iterator[str]:
    yield f"{state_finding(finding)}."
    yield finding["meaning"]
    yield f"Remedy: {finding['remedy']}"
    if places := _places(report, finding):
        yield f"See {places}"


def _places(report: Report, finding: Mapping[str, Any]) -> str:
    """Return the lines of the input that a finding rests on: ``dump.txt:12, 13, 17``."""
    lines: dict[str, list[int]] = {}
    for source, line in group_evidence(finding):
        if line:
            lines.setdefault(source or source_name(report), []).append(line)
    return "; ".join(f"{printable(name)}:{_some(found)}" for name, found in lines.items())


def _some(lines: Sequence[int]) -> str:
    named = ", ".join(map(str, lines[:MAX_PLACES]))
    return f"{named} and others" if len(lines) > MAX_PLACES else named  # the evidence may not have all of them either


def _summarize(report: Report) -> str:
    """Return how many findings there are, and how many rules could not be judged."""
    skipped = count_things(len(report["not_judged"]), "rule")
    return count_severities(report) + (
        f"; {skipped} could not be judged (-v lists them)" if report["not_judged"] else ""
    )


def write_markdown(task: ReportTask) -> None:
    """Write a table of the findings of each input, and below it a paragraph for each."""
    for report in task.reports:
        _write_markdown_report(task.file, report, is_verbose=task.is_verbose)


def _write_markdown_report(file: IO[bytes], report: Report, *, is_verbose: bool) -> None:
    lines = [f"## Findings in {_escape(_title(report))}\n", f"{_escape(_summarize(report))}.\n"]
    if report["findings"]:
        lines += ["| Severity | Rule | Finding |", "| --- | --- | --- |"]
    for finding in report["findings"]:
        lines.append(f"| {finding['severity']} | {finding['rule']} | {_escape(state_finding(finding))} |")
    for finding in report["findings"]:
        _, *paragraphs = _paragraphs(report, finding)
        lines += [f"\n### {finding['rule']}\n", "\n\n".join(map(_escape, paragraphs))]
    if is_verbose and report["not_judged"]:
        lines += ["\n### Rules that could not be judged\n"]
        lines += [f"- {item['rule']}: {_escape(item['reason'])}" for item in report["not_judged"]]
    file.write("\n".join([*lines, "\n"]).encode(errors="backslashreplace"))


def _escape(text: str) -> str:
    return escape(printable(text))
