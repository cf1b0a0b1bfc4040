"""The formats of findings by name, and `write_reports`, which all of them go through.

A report is an object of JSON: the `source`, its `findings`, and the rules that were `not_judged`.
"""

from collections.abc import Callable, Mapping, Sequence
from pkgutil import resolve_name
from typing import IO, Any, NamedTuple

from netstat_parse.formats.appearance import IN_FILE, Appearance
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.records.values import STANDARD_INPUT_NAME, count_things, printable

FINDING_FORMATS: Mapping[str, str] = {
    "table": "finding_text:write_table",
    "json": "finding_documents:write_json",
    "sarif": "finding_documents:write_sarif",
    "markdown": "finding_text:write_markdown",
    "junit": "finding_documents:write_junit",
}
"""The module and function that write each format."""

Report = Mapping[str, Any]


class ReportTask(NamedTuple):
    """Reports to write to a file."""

    reports: Sequence[Report]
    """The report of each input."""
    file: IO[bytes]
    version: str
    """Version of this program."""
    fail_on: str = "error"
    """The least severity that is a failure."""
    is_verbose: bool = False
    """True to list the rules that could not be judged, and why."""
    appearance: Appearance = IN_FILE


def write_reports(task: ReportTask, format_name: str) -> None:
    """Write reports in a format, one of `FINDING_FORMATS`.

    Raises:
        KeyError: there is no such format.
        OSError: the file cannot be written.
    """
    write: Callable[[ReportTask], None] = resolve_name(f"{__package__}.{FINDING_FORMATS[format_name]}")
    write(task)


def is_failure(finding: Mapping[str, Any], fail_on: str) -> bool:
    """Return whether a finding is at least as severe as that."""
    return SEVERITIES.index(finding["severity"]) >= SEVERITIES.index(fail_on)


def source_name(report: Report) -> str:
    """Return the name of a report's input for people."""
    return report["source"] or STANDARD_INPUT_NAME


def state_finding(finding: Mapping[str, Any]) -> str:
    """Return the message of a finding in printable characters, after its subject unless the message names it."""
    subject, message = printable(finding["subject"]), printable(finding["message"])
    first = subject.partition(", ")[0]  # the message of several cases names the subject of each
    return message if first in message else f"{subject}: {message}"


def group_evidence(finding: Mapping[str, Any]) -> dict[tuple[str | None, int | None], list[str]]:
    """Return the figures of a finding in words, by the input and line where they were printed."""
    found: dict[tuple[str | None, int | None], list[str]] = {}
    for item in finding["evidence"]:
        figures = found.setdefault((item["source"], item["line"]), [])
        name = item["kernel_name"] or item["field"]
        if name is not None:
            unit = f" {item['unit']}" if item["unit"] else ""
            figures.append(f"{name} = {item['value']}{unit}")
    return found


def count_severities(report: Report) -> str:
    """Return the numbers of findings in words: ``1 error, 2 warnings``; ``no findings`` if there are none."""
    found = [finding["severity"] for finding in report["findings"]]
    return (
        ", ".join(count_things(found.count(name), name) for name in reversed(SEVERITIES) if name in found)
        or "no findings"
    )
