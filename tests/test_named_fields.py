"""A class with named fields is used as a named tuple is, but for unpacking."""

import pickle
from collections.abc import Callable

import pytest

from netstat_parse.named_fields import NamedFields


class Pair(NamedFields):
    left: str
    right: int = 2


class Triple(Pair):
    middle: str = "c"


def test_fields_are_given_in_their_order_or_by_name_or_are_the_default() -> None:
    assert [(pair.left, pair.right) for pair in (Pair("a"), Pair("a", 3), Pair(right=4, left="b"))] == [
        ("a", 2),
        ("a", 3),
        ("b", 4),
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Pair("a", 2, 3),  # type: ignore[call-arg]
        lambda: Pair("a", middle=3),  # type: ignore[call-arg]
        Pair,
        lambda: Pair(right=2),  # type: ignore[call-arg]
        lambda: Pair("a", left="b"),  # type: ignore[misc]
        lambda: Pair("a")._replace(middle=3),
    ],
    ids=["too many", "unknown", "none", "missing", "twice", "unknown in a copy"],
)
def test_wrong_arguments_are_refused(make: Callable[[], Pair]) -> None:
    with pytest.raises(TypeError, match="Pair has the fields left, right; got"):
        make()


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    assert repr(Triple("a", 3)) == "Triple(left='a', right=3, middle='c')"


def test_equal_objects_have_the_same_values_by_name() -> None:
    assert Pair("a")._asdict() == Pair("a", 2)._asdict() == {"left": "a", "right": 2}


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
        case _:
            pytest.fail("not matched")


def test_an_object_is_shown_with_all_its_fields() -> None:
    assert repr(Pair("a")) == "Pair(left='a', right=2)"


def test_an_object_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Pair("a", 7))) == Pair("a", 7)  # noqa: S301 - our own
