"""Read one input from bytes to rows: decode, undo escapes, strip prefixes, divide into sections."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from netstat_parse import logger
from netstat_parse.decode.text import DecodedText, Source, TextBlock, decode
from netstat_parse.errors import NetstatParseError
from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.escapes.undo import undo
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.prefix_stripper import PrefixStripper
from netstat_parse.reading.printed_texts import load_words
from netstat_parse.reading.recognizers import load_recognizer
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import count_things, join_words, legible
from netstat_parse.systems import catalog

if TYPE_CHECKING:
    from netstat_parse.reading.early_rows import RowWorkers

MAX_SEARCHED_CHARS = 1 << 14
"""Length of the beginning of an input that is searched for the name of another tool."""


def read(
    source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> Iterator[Rows]:
    """Read an input into blocks of rows, each as soon as it is complete.

    Args:
        source: bytes, text, a file of either, or lines of either.
        name: the name of the input, for error messages.
        encoding: the encoding of bytes; None to detect it.
        system: the only system whose tables are read; None for all.

    Raises:
        NetstatParseError: at the end, if the input contains no netstat table.
        LookupError: the encoding or the system is unknown.
    """
    return Reading(source, name=name, encoding=encoding, system=system).rows()


class Reading:
    """An input that is being read: what `read` reads, with the facts about the input as a whole."""

    def __init__(
        self, source: Source, *, name: str | None = None, encoding: str | None = None, system: str | None = None
    ) -> None:
        """Prepare to read; arguments and errors are those of `read`."""
        self.name = None if name is None else legible(name)
        self.system = system
        self._text: DecodedText = decode(source, encoding, load_words)
        self._recognizer = load_recognizer(system)
        self._readers = OriginReaders(self._recognizer)
        self.row_workers: RowWorkers | None = None
        """Workers that examine text and encode rows in advance: then `EncodedRows` are among the rows."""
        self._beginning = ""
        """The first lines, which are searched for the name of another tool if there is no table."""

    @property
    def lines(self) -> dict[str, int]:
        """The number of lines by outcome, and their total; final after the last row."""
        return {"total": self._text.lines, **self._readers.lines}

    @property
    def encoding_facts(self) -> dict[str, Any]:
        """The encoding of the input and its grounds; final after the last row."""
        return {"encoding": self._text.encoding, "encoding_grounds": self._text.grounds}

    @property
    def has_tables(self) -> bool:
        """True once a table has been found."""
        return self.snapshot_count > 0

    @property
    def snapshot_count(self) -> int:
        """The number of snapshots that have begun."""
        return self._readers.snapshot_count

    def rows(self) -> Iterator[Rows]:
        """Read the records in blocks, each as soon as it is complete.

        Raises:
            NetstatParseError: at the end, if the input contains no netstat table.
        """
        yield from map(self._add_encoding, self._read_blocks())
        yield from map(self._add_encoding, self._readers.end())
        logger.debug("%s: read as %s (%s)", self.name, self._text.encoding, self._text.grounds)
        if not self.has_tables or (self._text.is_binary and not self.lines["records"]):
            raise NetstatParseError(self._no_table(), name=self.name)

    def _keep_beginning(self, blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
        for block in blocks:
            if len(self._beginning) < MAX_SEARCHED_CHARS and not self.has_tables:
                self._beginning += block.text[:MAX_SEARCHED_CHARS]
            yield block

    def _prepare(self, blocks: Iterator[TextBlock]) -> Iterator[LineBlock]:
        return self._keep_beginning(PrefixStripper(self._recognizer).strip_all(undo(blocks)))

    def _read_blocks(self) -> Iterator[Rows]:
        if self.row_workers is None:
            return chain.from_iterable(map(self._readers.read, self._prepare(self._text)))
        from netstat_parse.reading.early_rows import EarlyReader  # only workers need it

        return EarlyReader(self._readers, self.row_workers, self.system).read(self._text, self._prepare)

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read; its record follows only at its end."""
        return self._readers.describe_snapshot(index)

    def end_early(self) -> Iterator[Rows]:
        """End the snapshot that is being read, after an error in `rows`, and return its record."""
        return map(self._add_encoding, self._readers.end_early())

    def _add_encoding(self, rows: Rows) -> Rows:
        if rows.kind != "snapshots":
            return rows
        found = self._text.find_encoding(rows.columns["last_line"][0])
        encoding, grounds = (None, None) if found is None else (found.encoding, found.grounds)
        return Rows(rows.kind, rows.columns | {"encoding": [encoding], "encoding_grounds": [grounds]})

    def _no_table(self) -> str:
        count = self.lines["total"] - self.lines["blank"]
        if not count:
            return f"no netstat table: the input {'has only blank lines' if self.lines['total'] else 'is empty'}"
        if self._text.is_binary:
            return "no netstat table: the input is binary data, not text"
        lines = count_things(count, "line")
        other = self._readers.first_other
        if other and other.command == "netstat":
            return other.description
        from netstat_parse.systems.tools import find_command, find_tool  # only a text without a table needs them

        if tool := find_command(other.command) if other else find_tool(self._beginning):
            return f"no netstat table in {lines} of text; {tool.description}"
        message = self._readers.first_message
        reason = "" if message is None else f"; netstat said: {message}"
        searched = [self.system] if self.system else sorted(catalog.systems(), reverse=True)  # Windows, Linux
        systems = join_words(map(str.capitalize, searched), "and")
        return f"no netstat table in {lines} of text (looked for {systems} tables in any language){reason}"
