"""Kinds of interfaces, by their names: netstat prints no kind."""

from collections.abc import Iterable

NUMBER_OR_END = "0123456789-_.:"


def is_of_kind(name: str | None, prefixes: Iterable[str]) -> bool:
    """Return whether a name is one of the prefixes with a number: `docker0`, `br-1a2b3c4d5e6f`, `veth1a2b`.

    A prefix with `*` is followed by anything.
    """
    if name is None:
        return False
    for prefix in prefixes:
        start = prefix.removesuffix("*")
        rest = name.removeprefix(start)
        if name.startswith(start) and (start != prefix or not rest or rest[0] in NUMBER_OR_END):
            return True
    return False
