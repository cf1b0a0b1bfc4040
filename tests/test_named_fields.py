"""A class with named fields is used as a named tuple is, but for unpacking."""

import pickle

from netstat_parse.named_fields import NamedFields


class Pair(NamedFields):
    left: str
    right: int = 2


def test_fields_are_given_in_their_order_or_by_name_or_are_the_default() -> None:
    assert [(pair.left, pair.right) for pair in (Pair("a"), Pair("a", 3), Pair(right=4, left="b"))] == [
        ("a", 2),
        ("a", 3),
        ("b", 4),
    ]


def test_objects_with_equal_values_are_equal() -> None:
    assert Pair("a") == Pair("a", 2)
    assert len({Pair("a"), Pair("a", 2), Pair("a", 3)}) == 2
    assert Pair("a") != Pair("a", 3)
    assert Pair("a") != ("a", 2)


def test_a_copy_may_have_other_values() -> None:
    pair = Pair("a")
    assert pair._replace(right=5) == Pair("a", 5)
    assert pair == Pair("a", 2)


def test_an_object_is_matched_by_the_order_of_its_fields() -> None:
    match Pair("a"):
        case Pair(left, right):
            assert (left, right) == ("a", 2)


def test_an_object_is_shown_with_all_its_fields() -> None:
    assert repr(Pair("a")) == "Pair(left='a', right=2)"


def test_an_object_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Pair("a", 7))) == Pair("a", 7)  # noqa: S301 - our own
