"""`compare` and `key` agree on which records of two dumps are the same thing."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from pathlib import Path

import pytest

from netstat_parse import Dump, compare
from netstat_parse.insight.facts.socket_identity import identify_ends
from netstat_parse.schema.comparison import RECORD_TABLES
from support.samples import SAMPLES, parse_sample, sample_id


@pytest.mark.parametrize("table", RECORD_TABLES)
@pytest.mark.parametrize("sample", SAMPLES[::4], ids=sample_id)
def test_the_records_that_compare_finds_removed_are_those_whose_key_is_gone(sample: Path, table: str) -> None:
    before = parse_sample(sample)
    if not isinstance(before, Dump) or len(before.snapshots) != 1 or len(getattr(before, table)) < 3:
        return
    kept = [record for place, record in enumerate(getattr(before, table)) if place % 3]
    after = before.model_copy(update={table: kept})
    count = Counter(record.key for record in getattr(before, table))
    removed = {
        change.before.key for change in getattr(compare(before, after), table) if change.change == "removed"
    }  # fmt: skip
    gone = count.keys() - {record.key for record in kept}
    assert {key for key in removed if count[key] == 1} == {key for key in gone if count[key] == 1}


def test_the_key_of_a_connection_distinguishes_what_compare_does() -> None:
    """`compare` leaves the family out, and distinguishes truncated values as well."""
    ends: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    keys: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for dump in map(parse_sample, SAMPLES):
        for socket in dump.connections if isinstance(dump, Dump) else ():
            if not socket.truncated:
                ends[socket.key].add((socket.family, identify_ends(socket)))
                keys[socket.family, identify_ends(socket)].add(socket.key)
    assert {len(found) for found in (*ends.values(), *keys.values())} == {1}
