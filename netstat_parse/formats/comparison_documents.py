"""Comparisons for programs: JSON, NDJSON with one change a line, CSV with one change a row."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from netstat_parse.formats.comparison_formats import (
    RECORD_TABLES,
    Comparison,
    ComparisonTask,
    counter_figures,
    interface_figures,
    name_interface,
    record_changes,
)
from netstat_parse.formats.comparison_text import describe_record
from netstat_parse.formats.csv_writer import neutralize
from netstat_parse.formats.json_text import write_value
from netstat_parse.records.fields import record_kind

CSV_COLUMNS = (
    *("pair", "table", "change", "subject", "name", "kernel_name", "before", "after", "difference", "per_second"),
    "reason",
)


def write_json(task: ComparisonTask) -> None:
    """Write one object, or a list of them."""
    comparisons = list(task.comparisons)
    write_value(comparisons if task.is_list else comparisons[0], task.file, task.appearance)


def write_ndjson(task: ComparisonTask) -> None:
    """Write a line for each comparison, and then a line for each of its changes."""
    appearance = task.appearance._replace(is_indented=False)
    for pair, comparison in enumerate(task.comparisons):
        for line in _ndjson_lines(comparison):
            kind, *rest = line.items()
            write_value(dict([kind, ("pair", pair), *rest]), task.file, appearance)


def _ndjson_lines(comparison: Comparison) -> Iterator[Mapping[str, Any]]:
    yield {"kind": "comparison", **{name: comparison[name] for name in ("before", "after", "seconds")}}
    for figure in comparison["counters"]:
        yield {"kind": "counter", **figure}
    for table in RECORD_TABLES:
        for change in comparison[table]:
            yield {"kind": record_kind(table), **change}
    for problem in comparison["not_comparable"]:
        yield {"kind": "not_comparable", **problem}


def write_csv(task: ComparisonTask) -> None:
    """Write one row for each change, for spreadsheets."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for pair, comparison in enumerate(task.comparisons):
        for row in _csv_rows(comparison):
            cells = {name: neutralize(value) if isinstance(value, str) else value for name, value in row.items()}
            writer.writerow({"pair": pair, **cells})
    task.file.write(text.getvalue().encode(errors="backslashreplace"))


def _csv_rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for _, figure in counter_figures(comparison):
        subject = " ".join(filter(None, (figure["protocol"], figure["family"])))
        yield {
            **_figure_cells("counters", figure),
            "subject": subject,
            "name": figure["name"],
            "kernel_name": figure["kernel_name"],
        }
    for name, figure in interface_figures(comparison):
        yield {**_figure_cells("interfaces", figure), "subject": name, "name": figure["field"]}
    for table in RECORD_TABLES:
        for change in record_changes(comparison, table):
            record = change["after"] or change["before"]
            texts = {side: change[side] and describe_record(table, change[side]) for side in ("before", "after")}
            subject = name_interface(record) if table == "interfaces" else ""
            name = " ".join(change["changed_fields"])
            yield {"table": table, "change": change["change"], "subject": subject, "name": name, **texts}
    for problem in comparison["not_comparable"]:
        yield {**problem, "change": "not_comparable"}


def _figure_cells(table: str, figure: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        side: figure[side] if figure[side] is not None else figure.get(f"{side}_text") for side in ("before", "after")
    }
    return {
        "table": table,
        "change": figure["change"],
        **values,
        **{name: figure[name] for name in ("difference", "per_second")},
    }
