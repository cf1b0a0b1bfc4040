"""The account counts every line of an input once."""

import pytest

from netstat_parse.reading.diagnostics import UNPARSED
from netstat_parse.reading.line_account import LineAccount
from netstat_parse.reading.line_counts import LineCounts


def hold(*texts: str) -> LineAccount:
    """Return an account with these pending lines."""
    account = LineAccount(LineCounts())
    for text in texts:
        account.hold(text)
        account.line += 1
    return account


def test_pending_lines_are_not_counted_yet() -> None:
    assert hold("a", "b").counts.counts == {
        "records": 0,
        "headings": 0,
        "blank": 0,
        "foreign": 0,
        "unparsed": 0,
    }


def test_the_last_pending_lines_can_be_kept() -> None:
    account = hold("a", "b", "c")
    account.settle("foreign", keep=1)
    assert (account.counts.counts["foreign"], account.text_above) == (2, ["c"])


def test_unparsed_lines_get_a_diagnostic() -> None:
    account = LineAccount(LineCounts())
    account.hold("a", fault=UNPARSED)
    account.line += 1
    account.hold("b")
    account.line += 1
    account.settle("unparsed")
    (rows,) = account.diagnostics()
    assert (rows.columns["line"], rows.columns["text"]) == ([1], ["a"])
    assert (account.counts.counts["unparsed"], account.counts.counts["foreign"]) == (1, 1)


def test_a_diagnostic_waits_for_pending_lines_above_it() -> None:
    account = hold("a")
    account.report_message("netstat: bad", "bad")
    assert list(account.diagnostics()) == []


@pytest.mark.parametrize(
    ("texts", "headings", "foreign"), [(["Proto State"], 1, 0), (["7 lines", "Proto State"], 1, 1), (["7 lines"], 0, 1)]
)
def test_unknown_headings_have_no_digits(texts: list[str], headings: int, foreign: int) -> None:
    account = hold(*texts)
    account.settle_unknown_headings()
    assert (account.counts.counts["headings"], account.counts.counts["foreign"]) == (headings, foreign)
