"""Whatever the text, work grows with its size and memory does not.

Counted are the calls of functions, which are the same in each run. `tests/fuzz/growth.py` measures times.
"""

import io
import sys
import tracemalloc
from itertools import chain
from types import FrameType
from typing import Any

import pytest

from fuzz import awkward, awkward_noise
from fuzz.awkward import Kind
from fuzz.growth import read_all
from netstat_parse.decode.text import decode
from netstat_parse.escapes.terminal import FREE_MOVE_CHARS
from netstat_parse.escapes.undo import undo
from support.linear import MAX_FACTOR, MAX_MEASUREMENTS, measure

SIZE = 1000
"""Bytes of the smaller text; the larger one has four times as many."""

CHUNK_BYTES = 200

MAX_GROWTH = 1.75
"""Maximum ratio of the calls a byte for a text to those for a quarter of it: 1 is linear, 4 is quadratic. Records of
some lines are read again with each of them, so the ratio is more than 1 in short texts."""

LONG_LABELS = 200

LONG_LABEL_CHARS = 8000

MAX_KEPT_BYTES = 2_000_000
"""Memory that may be in use after a text of many long labels; the labels need six times as much."""

MAX_LINES_A_BYTE = 0.5

MAX_CHARS_A_BYTE = 40

KINDS: dict[str, Kind] = {
    **dict(list(awkward.DAMAGED_ROWS.items())[::8]),  # the rest differs in the place of the damage
    **awkward.STATISTIC_LINES,
    **awkward.RECORD_LINES,
    **awkward_noise.PREFIXES,
    **awkward_noise.LOG_LINES,
    **awkward_noise.ESCAPES,
}

WAITING_KINDS = awkward.STATISTIC_LINES | awkward.RECORD_LINES
"""Kinds of text whose rows wait for the lines below them."""


class Chunks(io.BytesIO):
    """A file that is read in chunks, each longer than the last by a factor, so that few bytes give several blocks."""

    def __init__(self, data: bytes, factor: int) -> None:
        super().__init__(data)
        self.factor = factor
        self.chunk = CHUNK_BYTES

    def read1(self, size: int | None = -1, /) -> bytes:
        del size
        self.chunk *= self.factor
        return super().read1(self.chunk)


def count_calls(data: bytes, factor: int) -> int:
    """Return the number of calls of functions, of Python or C, while a text is read in chunks."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:  # noqa: ANN401 - the type of sys.setprofile
        nonlocal calls
        calls += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_all(Chunks(data, factor))
    finally:
        sys.setprofile(before)
    return calls


def grow(kind: Kind, factor: int) -> float:
    """Return the ratio of the calls a byte for a text to those for a quarter of it."""
    small, large = (kind(size)[: size * 2] for size in (SIZE, 4 * SIZE))
    read_all(large)  # patterns are compiled, vocabularies loaded
    return (count_calls(large, factor) / len(large)) / (count_calls(small, factor) / len(small))


@pytest.mark.parametrize("name", KINDS)
def test_calls_grow_with_the_size_of_the_text(name: str) -> None:
    assert grow(KINDS[name], factor=2) <= MAX_GROWTH


@pytest.mark.parametrize("name", WAITING_KINDS)
def test_calls_grow_with_the_size_of_a_text_that_comes_slowly(name: str) -> None:
    assert grow(WAITING_KINDS[name], factor=1) <= MAX_GROWTH


@pytest.mark.parametrize("name", awkward.UNDECODABLE)
def test_time_for_undecodable_bytes_grows_with_the_size_of_the_text(name: str) -> None:
    small, large = (awkward.UNDECODABLE[name](size).decode("latin-1") for size in (3 * SIZE, 12 * SIZE))

    def read(text: str) -> None:
        read_all(text.encode("latin-1"))

    assert any(measure(read, large) < MAX_FACTOR * measure(read, small) for _ in range(MAX_MEASUREMENTS))


@pytest.mark.parametrize("name", awkward_noise.ESCAPES)
def test_a_terminal_adds_little_text(name: str) -> None:
    data = awkward_noise.ESCAPES[name](5 * SIZE)
    texts = [block.text for block in undo(decode(data))]
    assert sum(map(len, texts)) <= FREE_MOVE_CHARS + MAX_CHARS_A_BYTE * len(data)
    assert sum(text.count("\n") for text in texts) <= MAX_LINES_A_BYTE * len(data) + 1


def test_long_labels_are_not_kept() -> None:
    rows = (f"    {index} a{index:x}{' b' * (LONG_LABEL_CHARS // 2)}\n".encode() for index in range(LONG_LABELS))
    read_all(b"TcpExt:\n    5 a b\n")
    tracemalloc.start()
    try:
        read_all(chain((b"TcpExt:\n",), rows))
        assert tracemalloc.get_traced_memory()[0] < MAX_KEPT_BYTES
    finally:
        tracemalloc.stop()
