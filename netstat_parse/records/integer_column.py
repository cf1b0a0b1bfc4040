"""Columns of integers that keep their printed texts, and the text of integers for JSON."""

from collections import UserList
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, cast

from netstat_parse.precompiled import compile_pattern

_DIGITS_AND_COMMA = b"0123456789,"

_PADDED = compile_pattern(",0[0-9]")
"""A number with a zero before it, which JSON does not allow."""

Texts = list[str | None]
"""Integers as they were printed, and None where there is none."""


class IntegerColumn(UserList[Any]):
    """A sequence of integers and None that has either texts, or their values from the first look at one on."""

    texts: Texts | None
    """The integers as netstat printed them, which is how JSON writes them; None once they are converted."""
    _values: list[Any]

    @classmethod
    def from_texts(cls, texts: Texts) -> "IntegerColumn":
        """Make a column of texts that `are_json`."""
        column = cls()
        column.texts = texts
        return column

    @property
    def data(self) -> list[Any]:
        """The values, which all methods of `UserList` read here; the first one to do so converts the texts."""
        if self.texts is not None:
            self.data = convert_integers(self.texts)
        return self._values

    @data.setter
    def data(self, values: list[Any]) -> None:
        self.texts, self._values = None, values

    def __copy__(self) -> "IntegerColumn":
        """Return another column with the same values; that of UserList expects them in an attribute."""
        return IntegerColumn(self.data)

    def __len__(self) -> int:
        """Return the number of values, without converting them."""
        return len(self.data if self.texts is None else self.texts)

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the list, which is faster than to get one item after the other."""
        return iter(self.data)

    def __contains__(self, value: object) -> bool:
        """Return whether a value is among them; for None, without converting them."""
        if value is None and self.texts is not None:
            return not all(self.texts)
        return value in self.data


def are_json(texts: Texts) -> bool:
    """Return whether JSON writes these integers as they were printed: ASCII digits without a sign or padding."""
    try:
        joined = "," + ",".join(texts)  # type: ignore[arg-type]  # a TypeError for None
    except TypeError:
        joined = ",".join(["", *filter(None, texts)])
    others = joined.encode().translate(None, _DIGITS_AND_COMMA) if joined.isascii() else joined
    return not others and not _PADDED.search(joined)


def json_integers(column: Sequence[int | None]) -> list[str] | None:
    """Return the integers as JSON writes them if they are a `range` or keep their printed texts; else None."""
    if type(column) is range:
        return _format_consecutive(column)
    if (texts := printed_integers(column)) is None:
        return None
    return cast("list[str]", texts) if all(texts) else [text or "null" for text in texts]


def _format_consecutive(numbers: range) -> list[str]:
    """Return consecutive numbers as text, in two thirds of the time of `repr`: a table has their last three digits."""
    texts: list[str] = []
    while numbers:
        thousands, first = divmod(numbers[0], 1000)
        part, numbers = numbers[: 1000 - first], numbers[1000 - first :]
        beginning, endings = str(thousands), _list_endings()[first : first + len(part)]
        texts += [beginning + ending for ending in endings] if thousands else map(str, part)
    return texts


@cache
def _list_endings() -> list[str]:
    """Return the last three digits of numbers from 1,000 on, in order."""
    return [f"{number:03}" for number in range(1000)]


def printed_integers(column: Sequence[Any]) -> Texts | None:
    """Return the texts of a column if it has integers that JSON writes as they were printed."""
    return column.texts if type(column) is IntegerColumn else None  # `isinstance` runs the code of `abc`


def integer_texts(column: Sequence[int | None]) -> Texts:
    """Return the integers of a column as text."""
    return printed_integers(column) or [None if value is None else str(value) for value in column]


def convert_integers(texts: Texts) -> list[int | None]:
    """Convert the texts to integers."""
    try:
        return list(map(int, texts))  # type: ignore[arg-type]  # a TypeError for None
    except TypeError:
        return [None if text is None else int(text) for text in texts]
