"""A table that is printed again without a title begins with its first key."""

import pytest

from netstat_parse.grammar import RepeatedTable
from netstat_parse.grammar.repeated import Keys
from netstat_parse.tokens import integer, word
from support.sections import make_section, take

INTERFACES = RepeatedTable(
    name="interfaces", kind="interfaces", columns={"Iface": word("name"), "MTU": integer("mtu")}, key="name"
)


def test_each_repetition_is_read_by_itself() -> None:
    section, text = make_section(INTERFACES), "eth0 1500\nlo 65536\neth0 1500\n"
    first = take(INTERFACES, text, section)
    again = section.layout.take(text, first.end, section)
    assert again is not None
    assert (first.height, first.title, again.height, again.title) == (2, "", 1, "interfaces")


@pytest.mark.parametrize(
    ("names", "key", "cuts", "expected"),
    [
        (["eth0", "lo"], "eth0", True, True),
        (["eth0", "lo"], "lo", True, False),
        (["eth1", "eth10"], "eth1", True, False),  # net-tools 1.60 lists eth1 again after eth10
        (["eth1"], "eth1", True, False),  # names that were cut may be equal
        (["eth1"], "eth1", False, True),
    ],
)
def test_the_first_key_begins_a_repetition_except_after_a_name_that_begins_with_it(
    names: list[str],
    key: str,
    cuts: bool,  # noqa: FBT001 - a parameter of the test
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    keys = Keys()
    for name in names:
        keys.add(name)
    assert keys.is_repetition(key, cuts=cuts) is expected
