"""Read the rows of a long table in worker processes, before the reader comes to them.

While a table is open, and all text so far was rows of it, the next blocks of text are probably rows of it, too. Workers
read them with a copy of the section. When the reader comes to such a block, it takes the rows of the worker only if the
text, the section and the line number are those of the copy, and if the rows have left the section as it was: then it
would read the same rows itself, as they depend on nothing else. Otherwise it reads the block, as without workers. So a
wrong guess costs time, and never a row.
"""

import pickle
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import NamedTuple

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar import Section, Table
from netstat_parse.grammar.protocol import Options, ParsedRows
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.records.rows import Rows
from netstat_parse.systems import catalog

MIN_BLOCKS = 32
"""Blocks of an input that are read before the first worker is started: to start one takes as long as to read them."""

MAX_AHEAD = 12
"""Blocks per worker that wait for the reader."""

BATCH_BLOCKS = 4
"""Blocks that are handed to a worker together."""

MAX_VAIN_BLOCKS = 8
"""Blocks by which the useless ones of a table outnumber the others before workers read no more of it."""

Encode = Callable[[Rows], bytes]
"""Encodes rows as the output has them. Workers call it, so it must be possible to pickle it."""


class RowWorkers(NamedTuple):
    """Worker processes, and the encoding of the rows that they read."""

    pool: Executor
    processes: int
    encode: Encode


class TableReference(NamedTuple):
    """The table and layout of a section by their names, as they cannot be pickled."""

    module: str
    name: str
    options: Options | None


class SteadySection(NamedTuple):
    """An open section in which nothing waits for a decision, except perhaps the last row for its continuation."""

    reference: TableReference
    state: bytes
    """The pickled section."""
    snapshot: int
    has_rest: bool
    """True if the last line is to be read again, together with the next block."""


class EarlyText(NamedTuple):
    """Text to be read in advance, and the number of its first line."""

    text: str
    line: int


class EarlyReader:
    """Reads blocks as `OriginReaders` does, with the help of workers."""

    def __init__(self, readers: OriginReaders, workers: RowWorkers) -> None:
        self._readers = readers
        self._workers = workers
        self._waiting: deque[_WaitingBlock] = deque()
        self._vain: Counter[TableReference] = Counter()
        """How many more blocks were useless than not, by table."""

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
            self._waiting.append(_WaitingBlock(block, above))
            count, above = count + 1, block
            if count <= MIN_BLOCKS:
                yield from self._readers.read(self._waiting.popleft().block)
            elif len(self._waiting) > self._workers.processes * MAX_AHEAD:
                yield from self._read_next()
        while self._waiting:
            yield from self._read_next()
        if failure:
            raise failure

    def _read_next(self) -> Iterator[Rows]:
        waiting = self._waiting.popleft()
        rows = None
        if waiting.task and self._describe_section(waiting) == waiting.task.section:
            rows = self._wait_for_rows(waiting.task)
        yield from self._readers.read(waiting.block, rows)
        self._submit_waiting()

    def _wait_for_rows(self, task: "_Task") -> ParsedRows | None:
        """Return the rows of a worker; None if they cannot be used, or if there was an error, which reading repeats."""
        rows = None
        with suppress(Exception):
            rows = task.future.result()[task.place]
        self._vain[task.section.reference] += -1 if rows else 1
        return rows

    def _submit_waiting(self) -> None:
        """Let workers read the waiting blocks, unless they read them already for the section as it is now."""
        section = self._describe_section(self._waiting[0]) if self._waiting else None
        if section is None or self._vain[section.reference] >= MAX_VAIN_BLOCKS:
            return
        outdated = [waiting for waiting in self._waiting if not waiting.task or waiting.task.section != section]
        while len(batch := outdated[:BATCH_BLOCKS]) == BATCH_BLOCKS:
            del outdated[:BATCH_BLOCKS]
            texts = [text for waiting in batch if (text := waiting.text_below(has_rest=section.has_rest))]
            if len(texts) < len(batch):
                return
            for waiting in batch:
                waiting.cancel()
            try:
                future = self._workers.pool.submit(read_early, section, texts, self._workers.encode)
            except BrokenExecutor:  # a worker was killed: this process reads all that is left
                return
            for place, waiting in enumerate(batch):
                waiting.task = _Task(section, future, place)

    def _describe_section(self, waiting: "_WaitingBlock") -> SteadySection | None:
        """Describe the section that the reader of a block is in, if all text so far was rows of it."""
        steady = self._readers.find_steady_section(waiting.block.origin)
        if steady is None:
            return None
        section, snapshot, rest = steady
        reference = refer_to_layout(section)
        if reference is None or rest != (waiting.last_line_above if rest else ""):
            return None
        try:
            state = dump_section(section)
        except Exception:  # noqa: BLE001 - the state of a grammar of another distribution may have anything
            return None
        return SteadySection(reference, state, snapshot, bool(rest))


class _Task(NamedTuple):
    """A task of a worker, and which of its blocks this one is."""

    section: SteadySection
    future: Future[list[ParsedRows | None]]
    place: int


class _WaitingBlock:
    """A block that the reader has not come to yet."""

    def __init__(self, block: LineBlock, above: LineBlock | None) -> None:
        self.block = block
        self.task: _Task | None = None
        self.last_line_above: str | None = None
        """The line above, if it is of the same origin."""
        if not above or not above.numbers or not block.numbers or above.origin != block.origin:
            return
        if above.numbers[-1] + 1 == block.numbers[0]:
            self.last_line_above = above.text[above.text.rfind("\n", 0, -1) + 1 :]

    def text_below(self, *, has_rest: bool) -> EarlyText | None:
        """Return the text that is read next if all lines above are rows; None if lines are not numbered in order."""
        numbers, above = self.block.numbers, self.last_line_above if has_rest else ""
        if above is None or not isinstance(numbers, range) or not numbers or numbers.step != 1:
            return None
        return EarlyText(above + self.block.text, numbers[0] - bool(above))

    def cancel(self) -> None:
        """Cancel the task, whose rows are of no use."""
        if self.task:
            self.task.future.cancel()


def read_early(described: SteadySection, texts: Sequence[EarlyText], encode: Encode) -> list[ParsedRows | None]:
    """Read the rows at the beginning of each text, in a worker.

    Returns:
        The rows, encoded and without columns. None if more than adding them is to be done for them: a line among them
        could not be read, they begin a table, or have changed the section.
    """
    return [_read_rows(described, text, encode) for text in texts]


def _read_rows(described: SteadySection, text: EarlyText, encode: Encode) -> ParsedRows | None:
    section = load_section(described)
    before = dump_section(section)
    rows = section.layout.take(text.text, 0, section)
    count = len(rows.lines) if rows else 0
    if not rows or not count or rows.height != count or rows.headings or rows.unread or rows.title:
        return None
    if dump_section(section) != before or section.table.kind is None:
        return None
    indexes = {"snapshot": [described.snapshot] * count, "line": list(range(text.line, text.line + count))}
    encoded = encode(Rows(section.table.kind, {**indexes, **rows.columns}))
    return rows._replace(columns={}, lines=range(count), encoded=encoded)


STEADY = {"rows": 1, "is_last": False, "is_apart": False, "may_go_on": True}
"""Attributes of every steady section: it has rows, and text of the same origin follows its last one at once."""


def dump_section(section: Section) -> bytes:
    """Pickle the state of a section, except for its table and what all steady sections have in common."""
    left_out = {"table", "layout", *STEADY}
    return pickle.dumps({name: value for name, value in vars(section).items() if name not in left_out})


def load_section(described: SteadySection) -> Section:
    """Make a copy of the section that was described."""
    catalog.systems()  # makes our grammars importable
    module, name, options = described.reference
    table = getattr(import_module(module), name)
    section = Section.__new__(Section)
    state = pickle.loads(described.state)  # noqa: S301 - of the parent process
    vars(section).update(state, **STEADY, table=table, layout=table.layout_with(options))
    return section


def refer_to_layout(section: Section) -> TableReference | None:
    """Return the reference to the table and layout of a section; None if they cannot be found by names."""
    if not isinstance(section.table, Table):
        return None
    name = _find_name(section.table)
    return name and TableReference(*name, section.table.options_of(section.layout))


@cache
def _find_name(table: Table) -> tuple[str, str] | None:
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(f"{catalog.NAME}."):
            for name, value in vars(module).items():
                if value is table:
                    return module_name, name
    return None
