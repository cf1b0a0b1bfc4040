"""Conversions of printed texts."""

from ipaddress import IPv6Address

from hypothesis import example, given
from hypothesis import strategies as st

from netstat_parse.conversions import canonical_ipv6

HEXTETS = st.lists(st.sampled_from([0, 1, 0xF, 0xABCD, 0xFFFF]), min_size=8, max_size=8)


@given(HEXTETS.map(lambda hextets: ":".join(f"{hextet:x}" for hextet in hextets)))
@example("0:0:0:0:0:ffff:c000:201")
def test_an_ipv6_address_is_written_in_one_way(text: str) -> None:
    address = IPv6Address(text)
    mapped = address.ipv4_mapped
    expected = f"::ffff:{mapped}" if mapped else str(address)
    for form in (text, text.upper(), str(address), address.exploded, expected):
        assert canonical_ipv6(form) == expected


@given(st.from_regex(r"[0-9a-f:]{2,30}", fullmatch=True))
@example("1:2:3:4:5:6::8")
@example("1:2:3:4:5:6:7::")
@example("::2:3:4:5:6:7:8")
@example("::ffff:1:2")
@example("1::2::3")
def test_only_addresses_are_rewritten(text: str) -> None:
    try:
        address = IPv6Address(text)
    except ValueError:
        assert canonical_ipv6(text) == text
    else:
        assert IPv6Address(canonical_ipv6(text)) == address
        assert canonical_ipv6(text) == canonical_ipv6(address.exploded)
