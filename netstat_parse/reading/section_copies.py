"""Describe an open section, so that another process can copy it, and its state can be compared with a later one.

A section cannot be pickled as it is: its table and layout have compiled patterns. They are named by their place.
"""

import pickle
from typing import NamedTuple

from netstat_parse.grammar import Section, Table
from netstat_parse.grammar.protocol import Options
from netstat_parse.reading.grammar_loader import own_grammars

COMMON_STATE = {"rows": 1, "is_last": False, "is_apart": False, "may_go_on": True}
"""Attributes of every section that workers read: it has rows, and text of the same origin follows its last one."""


class LayoutReference(NamedTuple):
    """The table and layout of a section by their place, as they cannot be pickled."""

    system: str
    place: int
    """Index of the table in `grammar_loader.own_grammars`, whose order is the same in every process."""
    options: Options | None


class SectionDescription(NamedTuple):
    """An open section for another process: the copy that is made of it reads the same rows."""

    reference: LayoutReference
    state: bytes
    """The pickled state of the section, without its table, its layout and `COMMON_STATE`."""


def describe_section(section: Section) -> SectionDescription | None:
    """Describe a section; None if no copy of it can be made."""
    reference = refer_to_layout(section)
    if reference is None:
        return None
    try:
        return SectionDescription(reference, dump_section(section))
    except Exception:  # noqa: BLE001 - the state of a grammar of another distribution may have anything
        return None


def dump_section(section: Section) -> bytes:
    """Pickle the state of a section, except for its table and `COMMON_STATE`."""
    left_out = {"table", "layout", *COMMON_STATE}
    return pickle.dumps({name: value for name, value in vars(section).items() if name not in left_out})


def load_section(described: SectionDescription) -> Section:
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
