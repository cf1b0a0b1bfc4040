"""Printed texts are looked up in the vocabularies."""

import pytest

from netstat_parse.systems.lookup import MAX_HEADING_LINE_WORDS, restore, split_headings, translate, translate_foreign


def test_a_word_that_replaces_the_usual_one_belongs_to_its_program() -> None:
    assert translate_foreign("windows", "headings", "Remoteadresse", "de") == ("Foreign Address", ("de",))
    assert translate_foreign("windows", "headings", "Entfernte Adresse", "de") == ("Foreign Address", ("de-x-wine",))


def test_a_word_without_a_usual_one_belongs_to_no_program() -> None:
    assert translate_foreign("windows", "headings", "Vietinis adresas") == ("Local Address", ("lt",))


def test_todays_english_is_not_looked_up() -> None:
    assert translate("windows", "titles", "Active Ports", {"Active Ports"}) == ("Active Ports", ("en",))


def test_an_unknown_text_has_no_translation() -> None:
    assert translate("windows", "titles", "Active Doors") == (None, ())


def test_the_meaning_in_the_preferred_language_is_used() -> None:
    assert translate_foreign("windows", "titles", "Connexions actives", "fr").languages == ("fr",)


@pytest.mark.parametrize(
    ("damaged", "word"),
    [("ABH?REN", "ABHÖREN"), ("ABH�REN", "ABHÖREN"), ("LISTENING", None), ("A?", None), ("?" * 100, None)],
)
def test_a_damaged_word_is_restored_if_it_can_be_only_one(damaged: str, word: str | None) -> None:
    assert restore("windows", "states", damaged) == word


def test_a_line_is_split_into_the_longest_headings() -> None:
    line = split_headings("windows", "  Proto  Local Address  PID", {"Proto", "Local Address", "Local", "PID"})
    assert (line.headings, line.unknown_words) == (["Proto", "Local Address", "PID"], 0)


def test_words_that_belong_to_no_heading_are_counted() -> None:
    assert split_headings("windows", "Proto of the day", {"Proto"}).unknown_words == 3


def test_a_line_of_too_many_words_has_no_headings() -> None:
    assert split_headings("windows", "Proto " * (MAX_HEADING_LINE_WORDS + 1), {"Proto"}).headings == []


@pytest.mark.parametrize(
    ("line", "languages"),
    [
        ("Proto Recv-Q Send-Q Local Address Foreign Address Status", {"en"}),  # Swedish has words for addresses
        ("Proto Recv-Q Send-Q Lokal adress Motpartsadress Tillstånd", {"en", "sv"}),
    ],
)
def test_one_word_among_english_headings_is_not_of_a_language_that_translates_these(
    line: str, languages: set[str]
) -> None:
    known = ("Proto", "Recv-Q", "Send-Q", "Local Address", "Foreign Address", "State")
    headings = split_headings("linux", line, known)
    assert (headings.headings, set(headings.languages)) == (list(known), languages)
