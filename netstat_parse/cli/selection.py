"""The output that ``--only``, ``--where`` and ``--fields`` select, and ``--explain`` extends."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.cli.totals import Totals
    from netstat_parse.records.rows import RecordSource
    from netstat_parse.records.selection import Selection


def get_selection(options: argparse.Namespace) -> "Selection | None":
    """Return the selection of the parsed options; None if none of them was given."""
    if not (options.only or options.where or options.fields):
        return None
    from netstat_parse.records.selection import make_selection

    totals: Totals | None = getattr(options, "totals", None)
    return make_selection(options.only, options.where, options.fields, totals.matched if totals else None)


def add_meanings(source: "RecordSource") -> "RecordSource":
    """Return a source whose counters have their meaning."""
    from netstat_parse.cli.meanings import ExplainedSource  # imports pydantic, which printing does without

    return ExplainedSource(source)
