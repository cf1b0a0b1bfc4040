"""Kinds of interfaces by their names."""

import pytest

from netstat_parse.insight.check.interface_kinds import is_of_kind

KINDS = ("docker", "br-*", "tun")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docker0", True),
        ("docker_gwbridge", True),
        ("br-0a1b2c3d4e5f", True),
        ("br0", False),
        ("tun", True),
        ("tun0", True),
        ("tunnel0", False),
        ("eth0", False),
        (None, False),
    ],
)
def test_a_kind_is_a_prefix_with_a_number(name: str | None, *, expected: bool) -> None:
    assert is_of_kind(name, KINDS) is expected
