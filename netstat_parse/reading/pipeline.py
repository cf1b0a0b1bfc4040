"""Read one input from bytes to rows: decode, strip prefixes, divide into sections."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from netstat_parse import logger
from netstat_parse.decode.text import DecodedText, Source, decode
from netstat_parse.errors import NetstatParseError
from netstat_parse.reading.prefix_stripper import PrefixStripper
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.sections import SectionReader
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import legible
from netstat_parse.systems import catalog, vocabularies

SYSTEM_NAMES = {None: "Windows and Linux", "linux": "Linux", "windows": "Windows"}
"""Systems by the names that error messages have for them."""


def read(
    source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> Iterator[Rows]:
    """Read an input into blocks of rows, each as soon as it is complete.

    Args:
        source: bytes, text, a file of either, or lines of either.
        name: the name of the input in error messages.
        encoding: the encoding of bytes; guessed where it is None.
        system: the only system whose tables are read; all where it is None.

    Raises:
        NetstatParseError: there was no netstat table in the whole input.
        LookupError: there is no such encoding or no such system.
    """
    return Reading(source, name=name, encoding=encoding, system=system).rows()


class Reading:
    """An input that is being read; `lines` and the encoding are final when all rows have been taken."""

    def __init__(
        self, source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
    ) -> None:
        self.name = None if name is None else legible(name)
        self.system = system
        self.text: DecodedText = decode(source, encoding, vocabularies.phrases)
        self.known: Callable[[], Mapping[str, Any]] = dict
        """Returns further facts about a snapshot; called when it ends."""
        self.snapshots = Snapshots(self._facts)
        recognizer = _recognizer(system)
        self._stripper = PrefixStripper(recognizer)
        self._reader = SectionReader(recognizer, self.snapshots)

    @property
    def lines(self) -> dict[str, int]:
        """The number of lines by outcome, and their total."""
        return self._reader.account.lines

    def rows(self) -> Iterator[Rows]:
        """Read the records, in blocks, as they come.

        Raises:
            NetstatParseError: there was no netstat table in the whole input.
        """
        yield from self._reader.read(map(self._stripper.strip, self.text))
        logger.debug("%s: read as %s (%s)", self.name, self.text.encoding, self.text.grounds)
        if not self.snapshots.any:
            raise NetstatParseError(self._no_table(), name=self.name)

    def _facts(self) -> dict[str, Any]:
        return {"encoding": self.text.encoding, "encoding_grounds": self.text.grounds, **self.known()}

    def _no_table(self) -> str:
        count = self.lines["total"] - self.lines["blank"]
        if not count:
            return "no netstat table: the input is empty"
        lines = "1 line" if count == 1 else f"{count} lines"
        message = self._reader.account.first_message
        reason = "" if message is None else f"; netstat said: {message}"
        system = SYSTEM_NAMES.get(self.system, self.system)
        return f"no netstat table in {lines} of text (looked for {system} tables in any language){reason}"


@cache
def _recognizer(system: str | None) -> TableRecognizer:
    if system is not None and system not in catalog.systems():
        raise LookupError(f"unknown system {system!r} (there are {', '.join(catalog.systems())})")
    return TableRecognizer(system)
