"""The screen of `watch` and `key` agree on which records of two rounds are the same thing."""

from collections import Counter
from pathlib import Path

import pytest

from netstat_parse import Dump
from netstat_parse.formats.display import COLUMNS
from netstat_parse.records.identity import IDENTITIES
from netstat_parse.screen.tracker import Tracker
from support.samples import SAMPLES, parse_sample, sample_id


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("sample", SAMPLES[::8], ids=sample_id)
def test_the_records_that_the_screen_finds_removed_are_those_whose_key_is_gone(sample: Path, table: str) -> None:
    dump = parse_sample(sample)
    if not isinstance(dump, Dump) or not getattr(dump, table):
        return
    before = [record.model_dump() for record in getattr(dump, table)]
    kept = [record for place, record in enumerate(before) if place % 3]
    tracker = Tracker(COLUMNS)
    tracker.add_round([(table, before)], 1.0)
    read = tracker.add_round([(table, kept)], 2.0).tables
    identify = IDENTITIES[table]
    removed = Counter(identify(row.record) for row in read[table].rows if row.change == "removed")
    assert removed == Counter(map(identify, before)) - Counter(map(identify, kept))
    assert {row.change for row in read[table].rows} <= {"", "removed"}
