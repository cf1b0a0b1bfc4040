"""Let worker processes read the rows of a long table, and examine other text, before the reader comes to it.

While a table is open, and all text so far was rows of it, the next blocks of text are probably rows of it, too. Workers
read them, as they were decoded, with a copy of the section. When the reader comes to such a block, it takes the rows of
the worker only if

- the section, in which nothing waits for a decision, is equal to the copy,
- the block is the next that is read, with the same text and line numbers: nothing in it was undone or stripped,
- and the rows have left the section as it was.

Then it would read the same rows itself, as they depend on nothing else. Otherwise it reads the block, as without
workers. So a wrong guess costs time, and never a row.

To find out whether a text has anything to undo or to strip takes longer than to hand on its rows, and depends on no
other text. So does most of the work for text outside tables, such as that of a log: which of its lines are foreign. So
workers do that, too, and the stages take their findings in place of their own, for lines that are as they were. As long
as no table is open, workers do nothing else; if the rows of the open one cannot be used, they do nothing.

In a log of many snapshots the next blocks are rows of other sections, whose copies are often equal. Then only the index
of the snapshot differs, and it is changed in the rows that are encoded already.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.decode.text import TextBlock
from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar import TableLayout
from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.reading.early_blocks import EarlyBlock, EarlyText, Encode, examine_early, read_early
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.section_copies import LayoutReference, SectionDescription, describe_section
from netstat_parse.reading.sections import OpenPlace
from netstat_parse.reading.sieve import NONE_KNOWN
from netstat_parse.records.rows import Rows
from netstat_parse.workers.tasks import KilledWorkerError, Pool, Task

if TYPE_CHECKING:
    from netstat_parse.grammar import Section

MIN_BLOCKS = 3
"""Blocks of an input that are read before the first worker is started: a forked one then has all grammars loaded."""

BATCH_BLOCKS = 2
"""Blocks that a worker gets at once: each message costs a change of process in both directions."""

MAX_QUEUED_BATCHES = 2
"""Batches per worker that the queue holds: the reader comes to them later."""

MAX_USELESS_BLOCKS = 8
"""Blocks by which the useless ones of a table outnumber the others before workers read no more of it; and those of an
input in which lines were undone or stripped, before workers examine no more of it."""

ChangeSnapshot = Callable[[bytes, int, int], bytes]
"""Changes encoded rows of the snapshot with one index to those of the snapshot with another one."""

Prepare = Callable[[Iterator[TextBlock]], Iterator[LineBlock]]
"""Undoes escapes and strips prefixes. It asks for a block when all that it has made of those before has been read."""


class RowWorkers(NamedTuple):
    """Worker processes, and the encoding of the rows that they read."""

    pool: Pool
    processes: int
    encode: Encode
    change_snapshot: ChangeSnapshot


class EarlyReader:
    """Reads blocks as `OriginReaders` does, with the help of workers."""

    def __init__(self, readers: OriginReaders, workers: RowWorkers, system: str | None) -> None:
        self._readers = readers
        self._workers = workers
        self._system = system
        self._queue: deque[_QueuedBlock] = deque()
        self._early: _EarlyRows | None = None
        """The rows of the block that was taken from the queue last."""
        self._foreign = NONE_KNOWN
        """The foreign lines of that block."""
        self._described: tuple[Section, SectionDescription | None] | None = None
        """The open section with its description; None if it may have changed since it was described."""
        self._useless: Counter[LayoutReference] = Counter()
        """Number of useless blocks less that of useful ones, by table."""
        self._changed = 0
        """Number of blocks with changed lines less that of others, at most `MAX_USELESS_BLOCKS`."""

    def read(self, blocks: Iterator[TextBlock], prepare: Prepare) -> Iterator[Rows]:
        """Read all blocks. An error in getting one is raised behind the rows of those before it."""
        for block in prepare(self._read_ahead(blocks)):
            early = self._find_rows(block)
            yield from self._readers.read(block, early and early.rows, self._foreign)
            self._changed = min(max(self._changed + (1 if block.originals else -1), 0), MAX_USELESS_BLOCKS)
            if early is None or not early.is_whole:
                self._described = None

    def _read_ahead(self, blocks: Iterator[TextBlock]) -> Iterator[TextBlock]:
        """Yield each block when all before it have been read; workers read those behind it meanwhile."""
        above: TextBlock | None = None
        for above in islice(blocks, MIN_BLOCKS):
            yield above
        failures: list[Exception] = []
        max_blocks = (self._workers.processes * MAX_QUEUED_BATCHES - 1) * BATCH_BLOCKS
        for batch in _make_batches(blocks, above, failures):
            self._queue += batch
            self._submit_queued()
            while len(self._queue) > max_blocks:
                yield self._take_block()
        while self._queue:
            yield self._take_block()
            self._submit_queued()
        if failures:
            raise failures[0]

    def _take_block(self) -> TextBlock:
        """Take the next block from the queue with what a worker has found; its rows only if the section is the same."""
        queued = self._queue.popleft()
        block, batch = queued.block, queued.running_batch
        origin = self._readers.latest_origin
        self._early, result = None, EarlyBlock()
        place = self._find_place(origin) if batch and batch.section else None
        is_same = place and batch and (place.section, place.open.rest) == (batch.section, queued.rest)
        if batch and (is_same or not batch.cancel()):  # what else is found, this process finds before a worker begins
            with suppress(Exception):  # reading the block repeats it
                result = batch.task.result()[queued.index]
        if place and batch and is_same:
            self._useless[place.section.reference] += -1 if result.rows else 1
            if result.rows and (not place.open.rest or place.open.number + 1 == block.numbers.start):
                self._early = _EarlyRows(block, origin, queued.rest, self._index_rows(result.rows, batch, place.open))
        self._foreign = result.foreign or NONE_KNOWN
        return block._replace(hints=result.hints)

    def _index_rows(self, rows: ParsedRows, batch: "_Batch", place: OpenPlace) -> ParsedRows:
        """Return rows with the index of the snapshot that they are read in."""
        if batch.snapshot == place.snapshot:
            return rows
        return rows._replace(encoded=self._workers.change_snapshot(rows.encoded, batch.snapshot, place.snapshot))

    def _find_rows(self, block: LineBlock) -> "_EarlyRows | None":
        """Return the rows of the block that was taken from the queue last, if this is the next that is read, as it was.

        Then no other line has been read since, which might have changed the section.
        """
        early, self._early = self._early, None
        if early is None or block.text != early.block.text:
            return None
        is_same = (block.numbers, block.origin) == (early.block.numbers, early.origin)
        return early if is_same else None

    def _find_place(self, origin: str | None) -> "_Place | None":
        """Describe the section that the next block of this origin is read in, if all text so far was rows of it."""
        found = self._readers.find_open_place(origin)
        if found is None:
            return None
        section = found.section
        if self._described is None or self._described[0] is not section:
            self._described = section, describe_section(section)
        described = self._described[1]
        return described and _Place(described, found)

    def _submit_queued(self) -> None:
        """Let workers read the queued blocks, unless they read them already for the section as it is now.

        If no section is open, workers only examine them; if the rows of the open one cannot be used, they do nothing.
        """
        place = self._find_place(self._readers.latest_origin) if self._queue else None
        if place and self._useless[place.section.reference] >= MAX_USELESS_BLOCKS:
            return  # to examine rows takes longer than the findings save
        if place is None and self._changed == MAX_USELESS_BLOCKS:
            return  # findings are used only for lines that are as they were
        waiting = [queued for queued in self._queue if not queued.is_for(place)]
        try:
            for start in range(0, len(waiting), BATCH_BLOCKS):
                self._submit(waiting[start : start + BATCH_BLOCKS], place)
        except (KilledWorkerError, OSError):  # none is left, or can be started: this process reads all that is left
            return

    def _submit(self, blocks: Sequence["_QueuedBlock"], place: "_Place | None") -> None:
        for queued in blocks:
            if queued.batch and not queued.batch.cancel() and queued.batch.section:
                self._useless[queued.batch.section.reference] += 1
            queued.batch, queued.rest = None, place.guess_rest(queued.last_line_above) if place else ""
        texts = [EarlyText(queued.block.text, queued.block.numbers.start, queued.rest) for queued in blocks]
        batch = self._begin_batch(texts, place)
        for index, queued in enumerate(blocks):
            queued.batch, queued.index = batch, index

    def _begin_batch(self, texts: Sequence[EarlyText], place: "_Place | None") -> "_Batch":
        pool, encode = self._workers.pool, self._workers.encode
        if place is None:
            return _Batch(None, 0, pool.submit(examine_early, texts, self._system))
        section, snapshot = place.section, place.open.snapshot
        return _Batch(section, snapshot, pool.submit(read_early, texts, self._system, section, snapshot, encode))


class _Place(NamedTuple):
    """An open place, with the description of its section."""

    section: SectionDescription
    open: OpenPlace

    def guess_rest(self, line: str) -> str:
        """Return the last line above a block if it is read again with it, provided that it is a row of the section."""
        layout = self.open.section.layout
        return line if isinstance(layout, TableLayout) and layout.may_go_on(line) else ""


class _Batch:
    """Blocks that a worker reads in advance, for the section and the snapshot of that time, or only examines."""

    def __init__(self, section: SectionDescription | None, snapshot: int, task: Task) -> None:
        self.section = section
        self.snapshot = snapshot
        self.task = task
        self.is_cancelled = False

    def cancel(self) -> bool:
        """Cancel the task, unless a worker has begun it; return whether it is cancelled."""
        self.is_cancelled = self.is_cancelled or self.task.cancel()
        return self.is_cancelled


class _QueuedBlock:
    """A block that the reader has not come to yet."""

    def __init__(self, block: TextBlock, above: TextBlock | None) -> None:
        self.block = block
        self.last_line_above = above.text[above.text.rfind("\n", 0, -1) + 1 :] if above else ""
        self.batch: _Batch | None = None
        self.index = 0
        """The index of the block in the batch."""
        self.rest = ""
        """The line above, if the worker reads it again with the block, else empty."""

    @property
    def running_batch(self) -> _Batch | None:
        """The batch of the block, unless its task is cancelled: then there is no result to wait for."""
        return self.batch if self.batch and not self.batch.is_cancelled else None

    def is_for(self, place: _Place | None) -> bool:
        """Return whether a worker reads the block for this section, or at all if there is none."""
        if not self.running_batch or not place:
            return self.running_batch is not None
        return self.running_batch.section == place.section


class _EarlyRows(NamedTuple):
    """The rows at the beginning of a block, which a worker has read."""

    block: TextBlock
    origin: str | None
    """The origin of the lines above."""
    rest: str
    """The line above, if the worker has read it again with the block, else empty."""
    rows: ParsedRows

    @property
    def is_whole(self) -> bool:
        """True if no other lines of the block are left to be read now, which might change the section."""
        return self.rows.waits or self.rows.end == len(self.rest) + len(self.block.text)


def _make_batches(
    blocks: Iterator[TextBlock], above: TextBlock | None, failures: list[Exception]
) -> Iterator[list[_QueuedBlock]]:
    """Divide the blocks below another one into batches; an error in getting one ends them, and becomes a failure."""
    batch: list[_QueuedBlock] = []
    try:
        for block in blocks:
            batch.append(_QueuedBlock(block, above))
            above = block
            if len(batch) == BATCH_BLOCKS:
                yield batch
                batch = []
    except Exception as error:  # noqa: BLE001 - of a file or an archive; raised when the blocks before it are read
        failures.append(error)
    if batch:
        yield batch
