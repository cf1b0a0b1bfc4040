"""Compile regular expressions, or take them compiled from the wheel.

`re` compiles in Python: the patterns of a short run take 25 ms, those of a noisy log 60 ms, more than all else. So a
wheel contains the code that `re` makes of each pattern that reading the samples needs, for the release of Python that
built the wheel, in the file `FILE`. Of that a run loads the patterns that it needs. Every other pattern, and every
pattern on another release, is compiled by `re`. Either way the pattern is the same: `tests/test_wheel.py` compares
them. In a checkout nothing is precompiled.

The file has the size of its head in four bytes; its head: the release, the size of all entries, and the index; and an
`Entry` for each pattern. Head and entries are written by `marshal`, as the modules that Python has compiled are.
"""

import _sre  # type: ignore[import-not-found]  # the engine of `re`, which has no public function for compiled code; it checks the code that it gets
import io
import marshal
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from mmap import ACCESS_READ, mmap
from typing import Any, AnyStr

Text = str | bytes

Entry = tuple[Text, int, int, bytes, tuple[str | None, ...]]
"""A pattern and its flags; the flags with those in the pattern, its code as native 32-bit numbers, and the name of each
group but the whole."""

Key = tuple[int, Text]
"""Length and end of a pattern: few patterns have the same, and it takes less memory than the whole pattern."""

KEY_END_CHARS = 10
"""Length of the end of a pattern in its `Key`."""

HEAD_SIZE_BYTES = 4
"""Length of the number that is the size of the head."""

FILE = f"_compiled.{sys.implementation.cache_tag}"

recorded: set[tuple[Text, int]] | None = None
"""The patterns that were compiled, with their flags, while a wheel is built; else None."""


def compile_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns."""
    if recorded is not None:
        recorded.add((text, int(flags)))
    index, entries = _open()
    for offset in index.get(_key(text), ()):
        entry: Entry = marshal.loads(entries[offset:])  # noqa: S302 - of this package, as its modules are
        if entry[:2] == (text, flags):
            return _load(entry)
    return re.compile(text, flags)


def generate(patterns: Iterable[tuple[Text, int]]) -> bytes:
    """Generate the file with the code of these patterns."""
    index, entries = dict[Key, list[int]](), bytearray()
    for text, flags in sorted(patterns, key=repr):
        index.setdefault(_key(text), []).append(len(entries))
        entries += _dump(_compile(text, flags))
    head = _dump((_release(), len(entries), index))
    return len(head).to_bytes(HEAD_SIZE_BYTES, "little") + head + entries


def _dump(value: Any) -> bytes:  # noqa: ANN401 - as `marshal.dumps`
    return marshal.dumps(value, 2)  # later versions of the format give other bytes for equal values


@cache
def _open() -> tuple[Mapping[Key, Sequence[int]], memoryview]:
    """Return the index and the entries; nothing in a checkout, on another release, and of a file that is not whole."""
    path = os.path.join(os.path.dirname(__file__), FILE)  # noqa: PTH118, PTH120 - `pathlib` is slow to import
    try:
        with io.FileIO(path) as file:
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))  # a run needs few of its pages
        begin = HEAD_SIZE_BYTES + int.from_bytes(data[:HEAD_SIZE_BYTES], "little")
        release, size, index = marshal.loads(data[HEAD_SIZE_BYTES:begin])  # noqa: S302 - as above
    except (OSError, ValueError, EOFError, TypeError):
        return {}, memoryview(b"")
    entries = data[begin:]
    return (index if (release, size) == (_release(), len(entries)) else {}), entries


def _release() -> tuple[object, ...]:
    """Identify the releases of Python that run the same code."""
    return sys.implementation.cache_tag, _sre.MAGIC, _sre.CODESIZE, sys.byteorder


def _key(text: Text) -> Key:
    return len(text), text[-KEY_END_CHARS:]


def _load(entry: Entry) -> re.Pattern[Any]:
    text, _, flags, code, names = entry
    numbers = {name: number for number, name in enumerate(names, 1) if name is not None}
    pattern: re.Pattern[Any] = _sre.compile(
        text, flags, memoryview(code).cast("I").tolist(), len(names), numbers, (None, *names)
    )
    return pattern


def _compile(text: Text, flags: int) -> Entry:
    from re import _compiler, _parser  # type: ignore[attr-defined]  # as private as `_sre`

    parsed = _parser.parse(text, flags)
    numbers = _compiler._code(parsed, flags)  # noqa: SLF001 - as `re.compile` does; no public function returns the code
    code = b"".join(number.to_bytes(_sre.CODESIZE, sys.byteorder) for number in numbers)
    names = {number: name for name, number in parsed.state.groupdict.items()}
    return text, flags, flags | parsed.state.flags, code, tuple(map(names.get, range(1, parsed.state.groups)))
