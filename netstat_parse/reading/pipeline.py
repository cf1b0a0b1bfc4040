"""One input, read: from its bytes to rows, by the whole way that the data goes."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from netstat_parse import logger
from netstat_parse.decode.text import DecodedText, Source, decode
from netstat_parse.errors import NetstatParseError
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.sections import SectionReader
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.records.rows import Rows
from netstat_parse.systems import catalog, vocabularies

LOOKED_FOR = {None: "Windows and Linux", "linux": "Linux", "windows": "Windows"}


@cache
def _tables(system: str | None) -> TableRecognizer:
    if system is not None and system not in catalog.systems():
        raise LookupError(f"unknown system {system!r} (there are {', '.join(catalog.systems())})")
    return TableRecognizer(system)


class Reading:
    """An input on its way through; `lines` and the encoding are final when all rows have been taken."""

    def __init__(
        self, source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
    ) -> None:
        self.name = name
        self.system = system
        self.text: DecodedText = decode(source, encoding, vocabularies.phrases)
        self.known: Callable[[], Mapping[str, Any]] = dict
        """What is known of a snapshot from elsewhere, asked for when it ends."""
        self.snapshots = Snapshots(self._facts)
        self._reader = SectionReader(_tables(system), self.snapshots)

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
        logger.debug("%s: read as %s (%s)", self.name, self.text.encoding, self.text.grounds)
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
