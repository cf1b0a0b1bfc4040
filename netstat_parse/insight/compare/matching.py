"""Pair the records of two moments, as multisets: equal rows are paired one by one."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from netstat_parse.insight.facts.printed_values import Identity

RecordType = TypeVar("RecordType")


class Pass(NamedTuple, Generic[RecordType]):
    """One way to pair records."""

    key: Callable[[RecordType], Hashable]
    """Records with an equal key are paired; None for a record that this pass leaves alone."""
    allows: Callable[[RecordType, RecordType], bool] = lambda _before, _after: True
    """Returns whether two records with an equal key are the same one."""


class Pairing(NamedTuple, Generic[RecordType]):
    """The records of two moments in pairs."""

    pairs: list[tuple[RecordType, RecordType]]
    removed: list[RecordType]
    added: list[RecordType]


def pair_records(
    before: Sequence[RecordType], after: Sequence[RecordType], passes: Iterable[Pass[RecordType]]
) -> Pairing[RecordType]:
    """Pair records pass by pass, the most certain first; what is left was removed or added."""
    pairs: list[tuple[RecordType, RecordType]] = []
    removed, added = list(before), list(after)
    for one in passes:
        if not (removed and added):
            break
        waiting: defaultdict[Hashable, list[RecordType]] = defaultdict(list)
        for record in reversed(removed):
            waiting[one.key(record)].append(record)
        waiting.pop(None, None)
        paired: set[int] = set()
        still_added: list[RecordType] = []
        for record in added:
            candidates = waiting.get(one.key(record), [])
            place = next((at for at in reversed(range(len(candidates))) if one.allows(candidates[at], record)), None)
            if place is None:
                still_added.append(record)
            else:
                found = candidates.pop(place)
                paired.add(id(found))
                pairs.append((found, record))
        removed, added = [record for record in removed if id(record) not in paired], still_added
    return Pairing(pairs, removed, added)


class Uncertain(NamedTuple, Generic[RecordType]):
    """Records that may be the same as a record of the other side, which prints it in another form."""

    removed: list[RecordType]
    added: list[RecordType]
    forms: set[str]


def find_uncertain(pairing: Pairing[RecordType], identify: Callable[[RecordType], Identity]) -> Uncertain[RecordType]:
    """Find records that are left over on both sides but may be the same: a name here, a number there."""
    sides = [_group_by_forms(records, identify) for records in (pairing.removed, pairing.added)]
    found: list[set[int]] = [set(), set()]
    forms: set[str] = set()
    for own, records in sides[0].items():
        for others_forms, others in sides[1].items():
            if own == others_forms:
                continue
            places = [place for place, (one, other) in enumerate(zip(own, others_forms, strict=True)) if one == other]
            groups = [_project(side, places) for side in (records, others)]
            for key in groups[0].keys() & groups[1].keys():
                found[0].update(groups[0][key])
                found[1].update(groups[1][key])
                forms.update({*own, *others_forms} - {"number"})
    return Uncertain(
        [record for record in pairing.removed if id(record) in found[0]],
        [record for record in pairing.added if id(record) in found[1]],
        forms,
    )


FormGroup = list[tuple[tuple[Hashable, ...], int]]
"""Records of one form: the values of their identities, and the `id` of each."""


def _group_by_forms(
    records: Sequence[RecordType], identify: Callable[[RecordType], Identity]
) -> dict[tuple[str, ...], FormGroup]:
    groups: defaultdict[tuple[str, ...], FormGroup] = defaultdict(list)
    for record in records:
        found = identify(record)
        groups[tuple(one.form for one in found)].append((tuple(one.value for one in found), id(record)))
    return groups


def _project(records: FormGroup, places: Sequence[int]) -> dict[Hashable, list[int]]:
    """Group records by the values at these places."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for values, identity in records:
        groups[tuple(values[place] for place in places)].append(identity)
    return groups
