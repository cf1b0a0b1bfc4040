"""With workers that read long tables in advance, the same records come in the same order."""

import io
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import partial, partialmethod
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from dumps import DUMPS
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.decode.text import LineHints, TextBlock, decode
from netstat_parse.errors import NetstatParseError
from netstat_parse.escapes import undo
from netstat_parse.escapes.hints import find_hinted_lines
from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.formats.json_writer import change_snapshot, choose_encoding, write_json, write_ndjson
from netstat_parse.formats.task import WriteTask
from netstat_parse.grammar import Section
from netstat_parse.reading import early_rows, prefix_stripper, section_copies
from netstat_parse.reading.early_blocks import EarlyText, examine_early
from netstat_parse.reading.early_rows import EarlyReader, RowWorkers
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.pipeline import Reading
from netstat_parse.reading.prefix_stripper import PrefixStripper
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.sieve import Sieve
from netstat_parse.records.rows import EncodedRows, Rows
from netstat_parse.workers.tasks import KilledWorkerError
from support.samples import SAMPLES

WRITERS = {"json": write_json, "ndjson": write_ndjson}

NOISE = [
    "",
    "2024-03-01 12:00:01 INFO listening on 10.0.0.1:8080",
    "tcp        0      0 10.0.0.1:22",
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4711           WRONGWORD   123/sshd            ",
    "  TCP    192.0.2.7:49731        198.51.100.20:443      ESTABLISHED",
    "  TCP    192.0.2.7:49731        198.51.100.20:443      VERBUNDEN       9120",
    "tcp6       0      0 ::1:22                  :::*                    LISTEN      123/sshd            ",
    "tcp        0      0 ::ffff:10.0.0.1:22      :::*                    LISTEN      123/sshd            ",
    " [svchost.exe]",
    "[root@web1 ~]# netstat -an",
    "$ netstat -rn",
    "web1: tcp        0      0 10.0.0.1:22             10.0.0.2:4711           LISTEN      123/sshd            ",
    "Active Connections",
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4711           LISTEN      123/a name that",
    "r\u00e9sum\u00e9 \ufffd",
]

ROW = b"tcp        0      0 10.0.0.1:22             10.0.0.2:4711           ESTABLISHED 123/%s"

CHANGED = {
    "an entity of HTML": ROW % b"a&amp;b",
    "a colour": ROW % b"a\x1b[31mb\x1b[0m",
    "a character that is typed over": ROW % b"ax\x08b",
    "a line feed in a notation": ROW % b"a\\n" + ROW % b"b",
    "a byte of a code page": ROW % b"caf\x82",
    "UTF-8": ROW % "caf\u00e9".encode(),
    "a byte that cannot be decoded": ROW % b"caf\xff\xfe\x81",
    "a byte order mark": b"\xef\xbb\xbf" + ROW % b"a",
    "a blank without width": ROW % "a\u200bb".encode(),
    "a line that is cut": ROW % (b"x" * 70_000),
    "an old line end": ROW % b"a\r\r",
    "a prefix": b"\n".join(b"web1: " + ROW % b"a" for _ in range(3)),
    "the prefix of a diff": b"\n".join((b"+Active Internet connections", b"+" + ROW % b"a", b" " + ROW % b"b")),
    "a header": b"==> web2 <==\n" + ROW % b"a",
    "a suffix": b"Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name;\n" + ROW % b"a;",
    "no process": ROW[:-7],
    "another state": ROW.replace(b"ESTABLISHED", b"VERBUNDEN  ") % b"a",
    "another table": b"Kernel Interface table\nIface   MTU Met   RX-OK RX-ERR\n",
}
"""Lines among rows, for whose sake the text, the numbers or the section are not those of a worker."""


def copy(value: Any) -> Any:  # noqa: ANN401 - anything that can be pickled
    """Return a copy, as another process gets it."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - of this process


class InlinePool(Executor):
    """Does the work at once, on copies, as a process would."""

    count = 0
    """Number of tasks."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_keywords: Any) -> Future[Any]:  # noqa: ANN401 - as in the base class
        self.count += 1
        future: Future[Any] = Future()
        copied_work, copies = copy((work, arguments))
        future.set_result(copy(copied_work(*copies)))
        return future


class LateFuture(Future[Any]):
    """Does its work when it is asked for the result."""

    work: Callable[[], Any]

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - as in the base class
        if not self.done():
            self.set_result(self.work())
        return super().result(timeout)


class LatePool(InlinePool):
    """Begins only every second task at once, and the others when somebody waits for them."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:  # noqa: ANN401 - as in the base class
        if self.count % 2:
            return super().submit(work, *arguments, **keywords)
        self.count += 1
        future = LateFuture()
        copied_work, copies = copy((work, arguments))
        future.work = lambda: copy(copied_work(*copies))
        return future


class BrokenPool(Executor):
    """Has lost a worker, or cannot start any."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def submit(self, *_arguments: Any, **_keywords: Any) -> Future[Any]:  # noqa: ANN401 - as in the base class
        raise self._error


class SmallReads(io.BytesIO):
    """A file of which each read returns a few bytes."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(self.size, size or self.size) if size != -1 else self.size)


class Source:
    """An input that counts its rows that were encoded early."""

    def __init__(self, data: bytes, size: int, pool: Executor | None, form: str) -> None:
        self.reading = Reading(SmallReads(data, size), name="dump.txt")
        if pool:
            self.reading.row_workers = RowWorkers(pool, 2, choose_encoding(form, None), change_snapshot)
        self.encoded = 0

    @property
    def name(self) -> str | None:
        return self.reading.name

    @property
    def lines(self) -> dict[str, int]:
        return self.reading.lines

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        return self.reading.describe_snapshot(index)

    def rows(self) -> Iterator[Rows]:
        for rows in self.reading.rows():
            self.encoded += isinstance(rows, EncodedRows)
            yield rows


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_rows, "MIN_BLOCKS", 1)
    monkeypatch.setattr(early_rows, "MAX_QUEUED_BATCHES", 1)
    monkeypatch.setattr(early_rows, "BATCH_BLOCKS", 3)


def write(data: bytes, size: int, pool: Executor | None, form: str = "ndjson") -> tuple[bytes, str | None, int]:
    """Return what is written of an input, its error, and how many blocks of rows were encoded early."""
    output, error = io.BytesIO(), None
    source = Source(data, size, pool, form)
    try:
        WRITERS[form](WriteTask(source, output))
    except NetstatParseError as found:
        error = str(found)
    return output.getvalue(), error, source.encoded


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("dump", DUMPS)
def test_workers_write_the_same_as_the_reader(dump: str, form: str) -> None:
    data = DUMPS[dump](300).encode()
    alone, early = write(data, 1000, None, form), write(data, 1000, InlinePool(), form)
    assert early[:2] == write(data, 1000, LatePool(), form)[:2] == alone[:2]
    assert (early[2] > 0) == (dump in {"Linux -anp", "Windows -ano", "Linux -rn"})


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("name", CHANGED)
def test_workers_write_the_same_of_rows_that_are_no_plain_text(name: str, form: str) -> None:
    lines = DUMPS["Linux -anp"](300).encode().splitlines()
    for place in (40, 41, 150, 220, 300):
        lines.insert(place, CHANGED[name])
    data = b"\n".join(lines)
    for size in (90, 700, 2500):
        alone, early = write(data, size, None, form), write(data, size, InlinePool(), form)
        assert early[:2] == alone[:2]


def test_rows_are_taken_only_of_text_that_nothing_has_changed() -> None:
    lines = DUMPS["Linux -anp"](300).encode().splitlines()
    lines[100:] = [line.replace(b"123/sshd", b"1/a&amp;b") for line in lines[100:]]
    output, _, early = write(b"\n".join(lines), 500, InlinePool())
    assert early > 0
    assert output.count(b'"a&b"') == sum(b"&amp;" in line for line in lines)


def find_hints(text: str, system: str | None) -> LineHints | None:
    return examine_early([EarlyText(text, 1, "")], system)[0].hints


def test_a_worker_finds_the_lines_that_may_have_escapes_or_prefixes() -> None:
    rows = "tcp        0      0 10.0.0.1:22             10.0.0.2:4711           LISTEN      123/sshd            \n" * 2
    found = [
        (rows, LineHints([], [0, len(rows) // 2], needs_no_decision=True)),
        (f"{rows}a\x1b[0m\n", LineHints([len(rows)], [0, len(rows) // 2], needs_no_decision=False)),
        (
            f"{rows}web1: {rows}",
            LineHints([], [0, len(rows) // 2, len(rows), len(rows) * 3 // 2 + 6], needs_no_decision=False),
        ),
        ("words\nNode a.example\nwords\n", LineHints([], [0, len("words\n")], needs_no_decision=False)),
        ("words\nAktive Verbindungen\n", LineHints([], [0, len("words\n")], needs_no_decision=False)),
    ]
    assert [(text, find_hints(text, None)) for text, _ in found] == found


def test_titles_of_one_system_are_found_if_only_its_tables_are_read() -> None:
    found = [find_hints("words\nAktive Verbindungen\n", system) for system in ("windows", "linux")]
    assert [hints and hints.marked for hints in found] == [[0, 6], [0]]


def test_text_whose_prefixes_are_stripped_is_examined_by_no_worker() -> None:
    lines = DUMPS["Linux -anp"](2000).splitlines()
    data = "\n".join(f"Mar  1 12:00:01 web1 netstat[7]: {line}" for line in lines).encode()
    pool = InlinePool()
    blocks = len(data) // 1500
    assert write(data, 1500, pool)[:2] == write(data, 1500, None)[:2]
    assert 0 < pool.count < blocks / 8


FULL = "tcp        0      0 10.0.0.1:{port:<14} 10.0.0.2:4711           ESTABLISHED 1234567/nginx: worke\n"
"""A program that fills its column: it may go on in the next line, so that a row at the end of a block waits for it."""

SHORT = "tcp        0      0 10.0.0.1:{port:<14} 10.0.0.2:4711           ESTABLISHED 123/sshd            \n"

BEHIND = "tcp        0      0 10.0.0.1:{port:<14} 10.0.0.2:4711           ESTABLISHED 1234567/nginx: worker here\n"
"""Text behind the column of the program, which is reported: workers cannot read such a row."""


@pytest.mark.parametrize("size", [500, 700, 1500])
def test_a_worker_reads_each_block_once_whether_or_not_its_last_row_waits(size: int) -> None:
    rows = "".join((FULL if port % 3 else SHORT).format(port=port) for port in range(1000, 1600))
    data = ("".join(DUMPS["Linux -anp"](1).splitlines(keepends=True)[:2]) + rows).encode()
    pool = InlinePool()
    output, error, early = write(data, size, pool)
    assert (output, error) == write(data, size, None)[:2]
    blocks = len(data) / size
    assert early > 0.9 * blocks - 5
    assert pool.count < blocks / early_rows.BATCH_BLOCKS + 5


def test_no_worker_examines_a_table_whose_rows_cannot_be_used() -> None:
    data = "".join(BEHIND.format(port=port) for port in range(1000, 1600)).encode()
    pool = InlinePool()
    assert write(data, 500, pool)[:2] == write(data, 500, None)[:2]
    assert pool.count < len(data) / 500 / 4


def test_nothing_is_looked_for_in_foreign_text_that_workers_have_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = count_searches(monkeypatch)
    data = "\n".join(f"2024-03-01 12:00:01 INFO request {number} took 3 ms: 200 OK" for number in range(900)).encode()
    data += b"\n" + DUMPS["Linux -anp"](3).encode()
    alone = write(data, 2000, None)
    before = Counter(searched)
    searched.clear()
    assert write(data, 2000, InlinePool())[:2] == alone[:2]
    assert before["find_marked_lines"] > 20
    assert searched.count("find_marked_lines") <= early_rows.MIN_BLOCKS + 2
    assert searched.count("find_hinted_lines") <= early_rows.MIN_BLOCKS + 2


def test_foreign_lines_that_workers_have_found_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    find = Sieve._may_be_netstat  # noqa: SLF001 - counted

    def count(sieve: Sieve, line: str, words: list[str]) -> bool:
        looked_at.append(line)
        return find(sieve, line, words)

    monkeypatch.setattr(Sieve, "_may_be_netstat", count)
    prose = "".join(f"the request number {number} took long because of the disk\n" for number in range(1500))
    data = (prose + DUMPS["Linux -anp"](3)).encode()
    alone = write(data, 2000, None)
    times_alone = len(looked_at)
    looked_at.clear()
    assert write(data, 2000, InlinePool())[:2] == alone[:2]
    assert times_alone >= 1500
    assert len(looked_at) < 1.2 * times_alone  # by a worker or by the reader


HEADERS = {
    "tail": "==> web{}.a <==",
    "dshbak": "---------------\nweb{}\n---------------",
    "script": "-- web{}.a --",
    "label": "Host: web{}.a",
    "ansible": "web{} | CHANGED | rc=0 >>",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_at_the_border_of_two_blocks_names_an_origin(header: str) -> None:
    words = "".join(f"2024-03-01 12:00:{second:02} INFO request {second} took 3 ms: 200 OK\n" for second in range(12))
    row = "tcp        0      0 10.0.0.1:22             10.0.0.2:{}            LISTEN     \n"
    data = "".join(f"{header.format(host)}\n{words}{row.format(host)}\n{words}" for host in range(12)).encode()
    alone = write(data, 9000, None)[:2]
    assert alone[0].count(b'"kind":"connection"') == 12
    for size in range(150, 900, 25):
        assert write(data, size, InlinePool())[:2] == alone, size


def count_searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which each search adds the name of its function."""
    searched: list[str] = []

    def count(search: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - of any function
        searched.append(search.__name__)
        return search(*arguments)

    monkeypatch.setattr(undo, "find_hinted_lines", partial(count, find_hinted_lines))
    monkeypatch.setattr(prefix_stripper, "find_marked_lines", partial(count, prefix_stripper.find_marked_lines))
    monkeypatch.setattr(PrefixStripper, "_skip", partialmethod(partial(count, PrefixStripper._skip)))  # noqa: SLF001 - counted
    return searched


def test_neither_escapes_nor_prefixes_are_looked_for_in_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = count_searches(monkeypatch)
    data = DUMPS["Linux -anp"](300).encode()
    write(data, 1000, None)
    alone = Counter(searched)
    searched.clear()
    used = write(data, 1000, InlinePool())[2]
    assert used > 20
    assert all(Counter(searched)[name] <= times - used for name, times in alone.items())


def test_plain_text_below_a_prefix_is_looked_at() -> None:
    rows = DUMPS["Linux -anp"](60).splitlines()
    quoted = [*(f"> {line}" for line in rows[:30]), *rows[30:]]
    for size in (200, 1000):
        data = "\n".join(quoted).encode()
        assert write(data, size, InlinePool())[:2] == write(data, size, None)[:2]


def test_a_prefix_that_was_learnt_is_stripped_from_plain_text() -> None:
    quoted = "".join(f"> {line}" for line in DUMPS["Linux -anp"](9).splitlines(keepends=True))
    last = quoted.splitlines(keepends=True)[-1]
    blocks = [
        LineBlock(quoted, range(1, 12)),
        LineBlock(last, range(12, 13), hints=LineHints([], [], needs_no_decision=True)),
    ]
    assert "".join(block.text for block in PrefixStripper(TableRecognizer()).strip_all(blocks)).count(">") == 0


def insert_rows(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Add a row with a new state above each block, which changes the section."""
    for number, block in enumerate(blocks):
        if number:
            state = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:09}")
            yield LineBlock(NOISE[3].replace("WRONGWORD", state) + "\n", block.numbers[:1])
        yield block


def change_last_lines(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Change the last line of every second block, which may be read again with the next block."""
    for number, block in enumerate(blocks):
        yield block._replace(text=f"{block.text[:-2]}7\n") if number % 2 and block.text.endswith("\n") else block


def shift_numbers(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Add to the numbers of all lines below some block."""
    for number, block in enumerate(blocks):
        yield block._replace(numbers=[one + 1000 for one in block.numbers]) if number > 9 else block


def shift_some_numbers(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Subtract from the numbers of the lines of every second block."""
    for number, block in enumerate(blocks):
        first = block.numbers[0] - 1000 * (number % 2)
        yield block._replace(numbers=range(first, first + len(block.numbers)))


def name_origins(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Let blocks have one of two origins."""
    for number, block in enumerate(blocks):
        yield block._replace(origin="web1" if number % 5 else "web2")


def end_rows(blocks: Iterator[LineBlock]) -> Iterator[LineBlock]:
    """Add blank lines, headings or titles above some blocks."""
    for number, block in enumerate(blocks):
        if number % 3 == 2:
            text = ["\n", "Active Connections\n", "foreign text with 1 digit\n"][number % 4 % 3]
            yield LineBlock(text, range(block.numbers[0], block.numbers[0] + 1))
        yield block


CHANGES = [insert_rows, change_last_lines, shift_numbers, shift_some_numbers, name_origins, end_rows]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("dump", ["Linux -anp", "Windows -ano"])
def test_rows_are_taken_only_where_the_reader_would_read_the_same(
    dump: str, change: Callable[[Iterator[LineBlock]], Iterator[LineBlock]]
) -> None:
    """Read blocks that change between the queue and the reader, as no stage of today changes them."""
    encode = choose_encoding("ndjson", None)
    taken = 0

    def prepare(blocks: Iterator[TextBlock]) -> Iterator[LineBlock]:
        return change(undo.undo(blocks))

    def read(pool: Executor | None) -> bytes:
        nonlocal taken
        readers, text = OriginReaders(TableRecognizer()), decode(SmallReads(DUMPS[dump](300).encode(), 500))
        rows: Iterator[Rows] = chain.from_iterable(map(readers.read, prepare(text)))
        if pool:
            rows = EarlyReader(readers, RowWorkers(pool, 2, encode, change_snapshot), None).read(text, prepare)
        blocks = [*rows, *readers.end()]
        taken += sum(isinstance(block, EncodedRows) for block in blocks)
        return b"".join(map(encode, blocks))

    assert read(InlinePool()) == read(None)
    assert taken == 0 or change is not insert_rows


def test_rows_are_not_taken_behind_a_block_whose_end_has_changed_the_section() -> None:
    rows = "".join(DUMPS["Linux -anp"](5).splitlines(keepends=True)[2:])
    texts = [f"{rows}foreign text\n{NOISE[3].replace('WRONG', 'ABCDEFGHI'[number])}\n" for number in range(9)]
    blocks = [TextBlock(text, range(1 + 7 * number, 8 + 7 * number)) for number, text in enumerate(texts)]
    workers = RowWorkers(InlinePool(), 2, choose_encoding("ndjson", None), change_snapshot)
    read = [*EarlyReader(OriginReaders(TableRecognizer()), workers, None).read(iter(blocks), undo.undo)]
    assert 0 < sum(isinstance(found, EncodedRows) for found in read) < 5


def join_parts(parts: Sequence[tuple[str | Path, int, int]], extra: Sequence[tuple[int, str]]) -> bytes:
    """Return parts of dumps and samples, one below the other, with lines of noise at some places."""
    lines: list[bytes] = []
    for part, begin, count in parts:
        data = part.read_bytes() if isinstance(part, Path) else DUMPS[part](100).encode()
        lines += data.split(b"\n")[begin : begin + count]
    for place, text in extra:
        lines.insert(place % (len(lines) + 1), text.encode())
    return b"\n".join(lines)


PARTS = st.lists(
    st.tuples(st.sampled_from([*DUMPS]) | st.sampled_from(SAMPLES), st.integers(0, 6), st.integers(1, 90)),
    min_size=1,
    max_size=5,
)
EXTRA = st.lists(st.tuples(st.integers(0, 300), st.sampled_from(NOISE)), max_size=6)


@pytest.mark.parametrize("pool", [InlinePool, LatePool])
@given(parts=PARTS, extra=EXTRA, size=st.integers(60, 1500), end=st.sampled_from(["", "\n", "\r\n\r\n"]))
def test_workers_write_the_same_of_any_text(
    pool: type[Executor],
    parts: Sequence[tuple[str | Path, int, int]],
    extra: Sequence[tuple[int, str]],
    size: int,
    end: str,
) -> None:
    data = join_parts(parts, extra) + end.encode()
    assert write(data, size, pool())[:2] == write(data, size, None)[:2]


@pytest.mark.parametrize("sample", SAMPLES[::9], ids=str)
def test_workers_write_the_same_of_a_sample_that_is_repeated(sample: Path) -> None:
    data = sample.read_bytes() * 4
    assert write(data, 400, InlinePool())[:2] == write(data, 400, None)[:2]


def make_log(rows: int, snapshots: int) -> bytes:
    """Return a log of snapshots, one below the other, with texts that look like the field that is changed."""
    dump = DUMPS["Linux -anp"](rows).replace("123/sshd", '1/"snapshot":2,')
    return "".join(f"Mon Mar  4 12:00:{second:02} CET 2024\n{dump}" for second in range(snapshots)).encode()


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("rows", [9, 30, 100])
def test_rows_that_were_read_for_another_snapshot_have_the_index_of_theirs(rows: int, form: str) -> None:
    data = make_log(rows, 900 // rows)
    alone, early = write(data, 1000, None, form), write(data, 1000, InlinePool(), form)
    assert early[:2] == alone[:2]


def test_early_rows_are_used_in_later_snapshots() -> None:
    pool = InlinePool()
    used = write(make_log(300, 9), 5000, pool)[2]
    assert used > 40
    assert pool.count < 1.3 * used


def test_workers_read_no_more_of_tables_that_end_before_they_are_read() -> None:
    pool = InlinePool()
    dumps = [DUMPS["Linux -anp"](30).replace("tcp   ", f"tcp  {port}") for port in range(40)]
    write("".join(f"Mon Mar  4 12:00:00 CET 2024\n{dump}" for dump in dumps).encode(), 1000, pool)
    assert pool.count < 60


def test_a_state_that_is_new_is_reported_once() -> None:
    lines = DUMPS["Linux -anp"](300).splitlines()
    for place in (150, 200, 250):
        lines[place] = NOISE[3]
    data = "\n".join(lines).encode()
    early = write(data, 500, InlinePool())
    assert early[:2] == write(data, 500, None)[:2]
    assert [json.loads(line)["kind"] for line in early[0].splitlines()].count("diagnostic") == 1
    assert early[2] > 0


@pytest.mark.parametrize("error", [KilledWorkerError(), OSError("Too many open files")])
def test_the_reader_reads_what_workers_cannot(error: Exception) -> None:
    data = DUMPS["Linux -anp"](300).encode()
    assert write(data, 500, BrokenPool(error)) == write(data, 500, None)


def test_a_section_that_cannot_be_pickled_is_read_by_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_section: Section) -> bytes:
        raise pickle.PicklingError

    monkeypatch.setattr(section_copies, "dump_section", fail)
    data = DUMPS["Linux -anp"](300).encode()
    assert write(data, 500, InlinePool()) == write(data, 500, None)


def test_an_error_of_the_source_comes_behind_the_rows_before_it() -> None:
    class Broken(SmallReads):
        def read1(self, size: int | None = -1, /) -> bytes:
            data = super().read1(size)
            if not data:
                raise OSError("the disk is gone")
            return data

    def read(pool: Executor | None) -> tuple[bytes, str]:
        output = io.BytesIO()
        source = Source(b"", 500, pool, "ndjson")
        source.reading = Reading(Broken(DUMPS["Linux -anp"](300).encode(), 500))
        if pool:
            source.reading.row_workers = RowWorkers(pool, 2, choose_encoding("ndjson", None), change_snapshot)
        with pytest.raises(OSError, match="disk") as error:
            write_ndjson(WriteTask(source, output))
        return output.getvalue(), str(error.value)

    assert read(InlinePool()) == read(None)
