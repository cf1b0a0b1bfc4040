"""Read the rows of a long table in worker processes, before the reader comes to them.

While a table is open, and all text so far was rows of it, the next blocks of text are probably rows of it, too. Workers
read them with a copy of the section. When the reader comes to such a block, it takes the rows of the worker only if the
text, the section and the line number are those of the copy, and if the rows have left the section as it was: then it
would read the same rows itself, as they depend on nothing else. Otherwise it reads the block, as without workers. So a
wrong guess costs time, and never a row.

In a log of many snapshots the next blocks are rows of other sections, whose copies are often equal. Then only the index
of the snapshot differs, and it is changed in the rows that are encoded already.
"""

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar import Section, Table
from netstat_parse.grammar.protocol import Options, ParsedRows
from netstat_parse.reading.grammar_loader import own_grammars
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.records.rows import Rows
from netstat_parse.workers.tasks import KilledWorkerError, Pool, Task

MIN_BLOCKS = 3
"""Blocks of an input that are read before the first worker is started: 200 KB of a file.

Measured in a wheel with the start of the program: two workers take 0.30 s for 10 MB of ``netstat -anp``, in place of
0.37 s, and 0.46 s for 20 MB, in place of 0.68 s.
"""

MAX_QUEUED_BLOCKS = 6
"""Blocks per worker that the queue holds: the reader comes to them later."""

MAX_USELESS_BLOCKS = 8
"""Blocks by which the useless ones of a table outnumber the others before workers read no more of it."""

Encode = Callable[[Rows], bytes]
"""Encodes rows as the output has them. Workers call it, so it must be possible to pickle it."""

ChangeSnapshot = Callable[[bytes, int, int], bytes]
"""Changes encoded rows of the snapshot with one index to those of the snapshot with another one."""


class RowWorkers(NamedTuple):
    """Worker processes, and the encoding of the rows that they read."""

    pool: Pool
    processes: int
    encode: Encode
    change_snapshot: ChangeSnapshot


class LayoutReference(NamedTuple):
    """The table and layout of a section by their place, as they cannot be pickled."""

    system: str
    place: int
    """Index of the table in `grammar_loader.own_grammars`, whose order is the same in every process."""
    options: Options | None


class OpenSection(NamedTuple):
    """An open section in which nothing waits for a decision, except perhaps the last row for its continuation."""

    reference: LayoutReference
    state: bytes
    """The pickled section."""
    has_rest: bool
    """True if the last line is to be read again, together with the next block."""


class EarlyText(NamedTuple):
    """Text to be read in advance."""

    text: str
    line: int
    """The number of its first line."""
    snapshot: int
    """The index of the snapshot that its rows are encoded for."""


class EarlyReader:
    """Reads blocks as `OriginReaders` does, with the help of workers."""

    def __init__(self, readers: OriginReaders, workers: RowWorkers) -> None:
        self._readers = readers
        self._workers = workers
        self._queue: deque[_QueuedBlock] = deque()
        self._useless: Counter[LayoutReference] = Counter()
        """Number of useless blocks less that of useful ones, by table."""

    def read(self, blocks: Iterator[LineBlock]) -> Iterator[Rows]:
        """Read all blocks. An error in getting one is raised behind the rows of those before it."""
        count, above = 0, None
        failure: Exception | None = None
        while failure is None:
            try:
                block = next(blocks, None)
            except Exception as error:  # noqa: BLE001 - of a file or an archive; raised below
                failure = error
                break
            if block is None:
                break
            self._queue.append(_QueuedBlock(block, above))
            count, above = count + 1, block
            if count <= MIN_BLOCKS:
                yield from self._readers.read(self._queue.popleft().block)
            elif len(self._queue) > self._workers.processes * MAX_QUEUED_BLOCKS:
                yield from self._read_next()
            else:
                self._submit_queued()
        while self._queue:
            yield from self._read_next()
        if failure:
            raise failure

    def _read_next(self) -> Iterator[Rows]:
        queued = self._queue.popleft()
        rows, early = None, queued.early
        found = self._describe_section(queued) if early else None
        if early and found and found.section == early.section:
            rows = self._wait_for_rows(early, found.snapshot)
        yield from self._readers.read(queued.block, rows)
        self._submit_queued()

    def _wait_for_rows(self, early: "_EarlyRows", snapshot: int) -> ParsedRows | None:
        """Return the rows of a worker for the snapshot with this index.

        None if they cannot be used, or if there was an error, which reading repeats.
        """
        rows = None
        with suppress(Exception):
            rows = early.task.result()
        if rows and early.snapshot != snapshot:
            encoded = self._workers.change_snapshot(rows.encoded, early.snapshot, snapshot)
            rows = rows._replace(encoded=encoded)
        self._useless[early.section.reference] += -1 if rows else 1
        return rows

    def _submit_queued(self) -> None:
        """Let workers read the queued blocks, unless they read them already for the section as it is now."""
        found = self._describe_section(self._queue[0]) if self._queue else None
        if found is None or self._useless[found.section.reference] >= MAX_USELESS_BLOCKS:
            return
        section, snapshot = found.section, found.snapshot
        for queued in self._queue:
            if queued.early and queued.early.section == section:
                continue
            if queued.early and not queued.early.task.cancel():
                self._useless[queued.early.section.reference] += 1
            text = queued.text_below(snapshot, has_rest=section.has_rest)
            if text is None:
                return
            try:
                task = self._workers.pool.submit(read_early, section, text, self._workers.encode)
            except (KilledWorkerError, OSError):  # none is left, or can be started: this process reads all that is left
                return
            queued.early = _EarlyRows(section, snapshot, task)

    def _describe_section(self, queued: "_QueuedBlock") -> "_FoundSection | None":
        """Describe the section that the reader of a block is in, if all text so far was rows of it."""
        found = self._readers.find_open_section(queued.block.origin)
        if found is None:
            return None
        section, snapshot, rest = found
        reference = refer_to_layout(section)
        if reference is None or rest != (queued.last_line_above if rest else ""):
            return None
        try:
            state = dump_section(section)
        except Exception:  # noqa: BLE001 - the state of a grammar of another distribution may have anything
            return None
        return _FoundSection(OpenSection(reference, state, bool(rest)), snapshot)


class _FoundSection(NamedTuple):
    """The section that a reader is in, and the index of its snapshot."""

    section: OpenSection
    snapshot: int


class _EarlyRows(NamedTuple):
    """The rows of a block that a worker reads in advance, for the section and the snapshot of that time."""

    section: OpenSection
    snapshot: int
    task: Task


class _QueuedBlock:
    """A block that the reader has not come to yet."""

    def __init__(self, block: LineBlock, above: LineBlock | None) -> None:
        self.block = block
        self.early: _EarlyRows | None = None
        self.last_line_above: str | None = None
        """The line above, if it is of the same origin."""
        if not above or not above.numbers or not block.numbers or above.origin != block.origin:
            return
        if above.numbers[-1] + 1 == block.numbers[0]:
            self.last_line_above = above.text[above.text.rfind("\n", 0, -1) + 1 :]

    def text_below(self, snapshot: int, *, has_rest: bool) -> EarlyText | None:
        """Return the text that is read next if all lines above are rows; None if lines are not numbered in order."""
        numbers, above = self.block.numbers, self.last_line_above if has_rest else ""
        if above is None or not isinstance(numbers, range) or not numbers or numbers.step != 1:
            return None
        return EarlyText(above + self.block.text, numbers[0] - bool(above), snapshot)


def read_early(described: OpenSection, text: EarlyText, encode: Encode) -> ParsedRows | None:
    """Read the rows at the beginning of a text, in a worker.

    Returns:
        The rows, encoded and without columns. None if more than adding them is to be done for them: a line among them
        could not be read, they begin a table, or have changed the section.
    """
    section = load_section(described)
    before = dump_section(section)
    rows = section.layout.take(text.text, 0, section)
    count = len(rows.lines) if rows else 0
    if not rows or not count or rows.height != count or rows.headings or rows.unread or rows.title:
        return None
    if dump_section(section) != before or section.table.kind is None:
        return None
    indexes = {"snapshot": [text.snapshot] * count, "line": list(range(text.line, text.line + count))}
    encoded = encode(Rows(section.table.kind, {**indexes, **rows.columns}))
    return rows._replace(columns={}, lines=range(count), encoded=encoded)


COMMON_STATE = {"rows": 1, "is_last": False, "is_apart": False, "may_go_on": True}
"""Attributes of every section that workers read: it has rows, and text of the same origin follows its last one."""


def dump_section(section: Section) -> bytes:
    """Pickle the state of a section, except for its table and `COMMON_STATE`."""
    left_out = {"table", "layout", *COMMON_STATE}
    return pickle.dumps({name: value for name, value in vars(section).items() if name not in left_out})


def load_section(described: OpenSection) -> Section:
    """Make a copy of the section that was described."""
    system, place, options = described.reference
    table = own_grammars(system)[place]
    if not isinstance(table, Table):
        raise TypeError(f"{table.name} is no table")
    section = Section.__new__(Section)
    state = pickle.loads(described.state)  # noqa: S301 - of the parent process
    vars(section).update(state, **COMMON_STATE, table=table, layout=table.layout_with(options))
    return section


def refer_to_layout(section: Section) -> LayoutReference | None:
    """Return the reference to the table and layout of a section; None if the table is not one of our tables."""
    table, system = section.table, section.words.system
    if not isinstance(table, Table):
        return None
    place = next((place for place, own in enumerate(own_grammars(system)) if own is table), None)
    return None if place is None else LayoutReference(system, place, table.options_of(section.layout))
