"""A prefix is learnt from an anchor behind it, once it is proven."""

import pytest

from netstat_parse.reading import learnt_prefixes
from netstat_parse.reading.anchors import AnchorFinder
from netstat_parse.reading.learnt_prefixes import MAX_GAP_LINES, MAX_HELD_LINES, LearntPrefixes, Stripped
from netstat_parse.reading.recognizer import TableRecognizer

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN"
RECOGNIZER = TableRecognizer()
ANCHORS = AnchorFinder(RECOGNIZER.index)


def propose(learnt: LearntPrefixes, line: str, number: int) -> Stripped | None:
    anchor = ANCHORS.find(line)
    assert anchor
    return learnt.propose(line, line[: anchor.start].rstrip(), anchor, number)


def test_a_row_proves_an_evident_prefix() -> None:
    found = propose(LearntPrefixes(RECOGNIZER), f"[9] {ROW}", 0)
    assert found
    assert found.text == ROW


def test_a_sentence_before_a_row_is_no_prefix_until_it_repeats() -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, f"they saw {ROW}", 0) is None
    found = propose(learnt, f"they saw {ROW}", MAX_HELD_LINES)
    assert found
    assert found.text == ROW


def test_a_sentence_that_repeats_far_below_is_no_prefix() -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, f"they saw {ROW}", 0) is None
    learnt.forget_before(MAX_HELD_LINES + 1)
    assert propose(learnt, f"they saw {ROW}", MAX_HELD_LINES + 1) is None


def test_a_damaged_row_does_not_prove_a_prefix() -> None:
    assert propose(LearntPrefixes(RECOGNIZER), "[9] tcp 0 0 192.0.2.7:22 and so on", 0) is None


def test_a_title_needs_a_row_below() -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, "# Ip:", 0) is None
    assert propose(learnt, "# Tcp:", 1) is None
    assert learnt.prove_below("# not a counter", 2) is None
    found = learnt.prove_below("#     7 segments received", 3)
    assert found
    assert found.text == "    7 segments received"


def test_a_prefix_is_forgotten_when_no_line_has_it() -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, f"[9] {ROW}", 0)
    assert learnt.match("[10] text", MAX_GAP_LINES)
    assert learnt.forget_before(MAX_GAP_LINES + 1) == 2 * MAX_GAP_LINES + 1
    assert learnt
    learnt.forget_before(2 * MAX_GAP_LINES + 1)
    assert not learnt


@pytest.mark.parametrize(("first", "second"), [("7:", "2001:db8::/32 ::"), ("7 ", "9 306 ::1/128 On-link")])
def test_a_number_that_does_not_continue_is_no_prefix(first: str, second: str) -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, f"{first}{ROW}", 0)
    learnt.match("1999:text", 1)
    learnt.match("2005:text", 2)
    assert learnt.match(second, 3) is None


def test_a_line_of_another_origin_keeps_its_prefix() -> None:
    learnt = LearntPrefixes(RECOGNIZER)
    assert propose(learnt, f"web_1 | {ROW}", 0)
    assert learnt.match("db_1  | text", 1) is None
    assert learnt.match("web_1 | text", 2)


def test_only_the_last_prefixes_and_origins_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learnt_prefixes, "MAX_PREFIXES", 1)
    monkeypatch.setattr(learnt_prefixes, "MAX_ORIGINS", 1)
    learnt = LearntPrefixes(RECOGNIZER)
    for number, prefix in enumerate(("+ ", "[a] ", "[b] ")):
        assert propose(learnt, prefix + ROW, number)
    assert [learnt.match(f"{prefix}text", 3) is not None for prefix in ("+ ", "[a] ", "[b] ")] == [False, False, True]
