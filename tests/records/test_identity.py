"""The identity of a record is that of its model."""

from pathlib import Path

import pytest

from netstat_parse import Dump, parse
from netstat_parse.records.identity import IDENTITIES
from support.samples import SAMPLES, parse_sample, sample_id


@pytest.mark.parametrize("sample", SAMPLES[::8], ids=sample_id)
def test_a_record_has_the_key_of_its_model(sample: Path) -> None:
    dump = parse_sample(sample)
    for table, identify in IDENTITIES.items():
        for record in getattr(dump, table) if isinstance(dump, Dump) else ():
            assert identify(record.model_dump()) == record.key


def test_routes_of_two_interfaces_with_an_index_only_differ() -> None:
    text = (
        "IPv6 Route Table\n===========================================================================\n"
        "Active Routes:\n If Metric Network Destination      Gateway\n"
        " 12    281 fe80::/64                On-link\n 14    281 fe80::/64                On-link\n"
    )
    assert len({route.key for route in parse(text).routes}) == 2
