"""Values by which records are identified, in the form in which netstat printed them."""

from collections.abc import Hashable
from typing import NamedTuple


class PrintedValue(NamedTuple):
    """A value of the identity of a record: an address, a port."""

    form: str
    """``number``, ``name`` or ``cut``: values of two forms may be the same, though they are not equal."""
    value: Hashable


Identity = tuple[PrintedValue, ...]
"""The values that two records of one thing have in common."""
