"""A title waits for the table below it."""

from netstat_parse.reading.pending_title import PendingTitle
from netstat_parse.reading.title_index import TitleIndex

INDEX = TitleIndex("windows")
IPV4, ROUTES = INDEX.own("IPv4 Route Table"), INDEX.own("Active Routes")


def table_names(title: PendingTitle) -> set[str]:
    return {table.name for match in title.matches for table in match.tables}


def test_a_title_is_pending_until_its_table_begins() -> None:
    title = PendingTitle()
    title.begin(IPV4, 3, 3)
    assert title
    title.end()
    assert not title


def test_a_second_title_narrows_the_choice_of_tables() -> None:
    title = PendingTitle()
    title.begin(IPV4, 3, 3)
    before = table_names(title)
    assert title.narrow(ROUTES)
    assert table_names(title) < before


def test_the_title_of_another_table_does_not_narrow_the_choice() -> None:
    title = PendingTitle()
    title.begin(IPV4, 3, 3)
    assert not title.narrow(INDEX.own("Interface List"))


def test_the_first_table_that_was_not_seen_is_chosen() -> None:
    title = PendingTitle()
    title.begin(ROUTES, 3, 3)
    first = title.first_new(())[1]
    assert title.first_new({first})[1] in table_names(title) - {first}
