"""One input, read: from its bytes to rows, by the whole way that the data goes."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from netstat_parse import catalog, journal, words
from netstat_parse.errors import NetstatParseError
from netstat_parse.sections import Reader
from netstat_parse.snapshots import Rows, Snapshots
from netstat_parse.tables import Tables
from netstat_parse.text import Source, Text, decode

LOOKED_FOR = {None: "Windows and Linux", "linux": "Linux", "windows": "Windows"}


@cache
def _tables(system: str | None) -> Tables:
    if system is not None and system not in catalog.systems():
        raise LookupError(f"unknown system {system!r} (there are {', '.join(catalog.systems())})")
    return Tables(system)


class Reading:
    """An input on its way through; `lines` and the encoding are final when all rows have been taken."""

    def __init__(
        self, source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
    ) -> None:
        self.name = name
        self.system = system
        self.text: Text = decode(source, encoding, words.phrases)
        self.known: Callable[[], Mapping[str, Any]] = dict
        """What is known of a snapshot from elsewhere, asked for when it ends."""
        self.snapshots = Snapshots(self._facts)
        self._reader = Reader(_tables(system), self.snapshots)

    @property
    def lines(self) -> dict[str, int]:
        """How many lines there were, and what they were."""
        return self._reader.ledger.lines

    def _facts(self) -> dict[str, Any]:
        return {"encoding": self.text.encoding, "encoding_grounds": self.text.grounds, **self.known()}

    def rows(self) -> Iterator[Rows]:
        """The records, in blocks, as they come.

        Raises:
            NetstatParseError: there was no netstat table in the whole input.
        """
        yield from self._reader.read(self.text)
        journal.debug("%s: read as %s (%s)", self.name, self.text.encoding, self.text.grounds)
        if not self.snapshots.any:
            raise NetstatParseError(self._nothing_found(), name=self.name)

    def _nothing_found(self) -> str:
        count = self.lines["total"] - self.lines["blank"]
        if not count:
            return "no netstat table: the input is empty"
        lines = "1 line" if count == 1 else f"{count} lines"
        said = "" if self._reader.said is None else f"; netstat said: {self._reader.said}"
        system = LOOKED_FOR.get(self.system, self.system)
        return f"no netstat table in {lines} of text (looked for {system} tables in any language){said}"
