"""Recognize lines that netstat prints on systems without a grammar here, and those of commands that resemble it.

The signatures are data, in ``others.toml`` beside this module. macOS prints a dot before the port, which no row of
Linux has::

    tcp4       0      0  127.0.0.1.631          *.*                    LISTEN
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pkgutil import get_data
from typing import NamedTuple

MAX_LINE_CHARS = 1000
"""Length of the part of a line that is looked up."""

MIN_EMPTY_GROUPS = 2
"""Titles without counters above another one that identify the counters of BSD: ``-ss`` leaves out all that are 0."""

_COUNTER = re.compile(r"\t+\d+ \S| {2,}\d+ (?=.*(?:packet|datagram|message|connection|call|request|error))[a-z]")
"""The beginning of the first counter below its title: BSD indents it by a tab, which a terminal turns into blanks."""


class OtherOutput(NamedTuple):
    """A kind of output that no grammar reads."""

    systems: Sequence[str]
    """The systems that may have printed it."""
    command: str
    """The command that printed it."""


CONTINUED = OtherOutput((), "")
"""The output of the line above, whatever it is."""


class _Signatures(NamedTuple):
    """The signatures, in the form in which lines are looked up."""

    outputs: Sequence[OtherOutput]
    headings: Mapping[str, Sequence[tuple[str, OtherOutput]]]
    """Beginnings of lines with single blanks, by their first word."""
    groups: Mapping[str, OtherOutput]
    """Titles of counters, with their colon."""
    rows: re.Pattern[str]
    """The beginnings of all rows; the number of its group is that of the output, from 1."""
    within: re.Pattern[str]
    """The beginnings of lines that continue an output."""


def find(text: str, above: Sequence[str] = (), *, within: bool = False) -> OtherOutput | None:
    """Find the output that this line belongs to.

    Args:
        text: the line.
        above: the lines of text right above, of which nothing is known.
        within: true if the line is below a line of such an output.
    """
    line = text[:MAX_LINE_CHARS].strip()
    if not line:
        return None
    signatures = _signatures()
    word = line.split(None, 1)[0]
    if word in signatures.headings:
        printed = " ".join(line.split())
        for heading, output in signatures.headings[word]:
            if printed.startswith(heading):
                return output
    if found := signatures.rows.match(line):
        return signatures.outputs[(found.lastindex or 1) - 1]
    titles = [title for title in above if title.rstrip() in signatures.groups]
    if titles and titles[-1] == above[-1] and _COUNTER.match(text):
        return signatures.groups[titles[-1].rstrip()]
    if line in signatures.groups and (within or len(titles) >= MIN_EMPTY_GROUPS):
        return signatures.groups[line]
    return CONTINUED if within and signatures.within.match(line) else None


@cache
def _signatures() -> _Signatures:
    data = tomllib.loads((get_data(__package__, "others.toml") or b"").decode())
    outputs, headings, groups = [], dict[str, list[tuple[str, OtherOutput]]](), dict[str, OtherOutput]()
    for entry in data["output"]:
        output = OtherOutput(entry["systems"], entry.get("command", "netstat"))
        outputs.append(output)
        groups |= {f"{title}:": output for title in entry.get("groups", ())}
        for heading in entry.get("headings", ()):
            headings.setdefault(heading.split()[0], []).append((heading, output))
    for found in headings.values():
        found.sort(key=lambda heading: -len(heading[0]))  # the longest heading says most
    by_output = [f"({'|'.join(entry.get('rows', ['(?!)']))})" for entry in data["output"]]
    rows, within = (_alternatives(expressions, data["parts"]) for expressions in (by_output, data["within"]))
    return _Signatures(outputs, headings, groups, rows, within)


def _alternatives(expressions: Iterable[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """Compile a pattern that matches one of the expressions, in which names in braces stand for parts."""
    text = "|".join(expressions)
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return re.compile(text)
