"""Tables in GitHub's Markdown, for an issue, a ticket or a wiki."""

import re
from collections.abc import Iterable, Iterator

from netstat_parse.formats.display import Cells, Shown, title, used
from netstat_parse.records.values import printable

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=[wW]{3})\.")
"""What may begin markup, a formula, a link or an HTML element: the last two are in addresses that become links."""


def tables(cells: Cells, shown: Shown, source: str | None) -> Iterator[str]:
    """A heading and a table for each kind of record, with the columns that hold anything."""
    of = f" of {escaped(printable(source))}" if source else ""
    for name, rows in cells.items():
        headings, filled = used(shown[name], rows)
        yield f"## {title(name)}{of}\n\n"
        yield _row(headings)
        yield _row(["---"] * len(headings))
        yield from (_row(map(escaped, row)) for row in filled)
        yield "\n"


def escaped(text: str) -> str:
    """Text of one line that Markdown shows as it is."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
