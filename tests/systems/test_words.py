"""The words of a snapshot identify its language and program."""

import pytest

from netstat_parse.systems.words import MAX_UNKNOWN_WORDS, Words


def words_of(*texts: tuple[str, str]) -> Words:
    """Return the words of a snapshot with these texts, each with its part of the vocabulary."""
    words = Words("windows")
    for part, text in texts:
        words.english(part, text)
    return words


@pytest.mark.parametrize(
    ("texts", "program"),
    [
        (["Entfernte Adresse", "Zustand"], "wine"),
        (["Lokale Adresse", "Entfernte Adresse"], None),  # an older Windows may print these
        (["Lokale Adresse", "Remoteadresse", "Status"], None),
    ],
)
def test_several_words_of_its_own_identify_the_program(texts: list[str], program: str | None) -> None:
    words = words_of(*(("headings", text) for text in texts))
    assert (words.program, words.language) == (program, "de")


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        ([("titles", "Conexões Ativas")], "pt"),
        ([("titles", "Conexões Ativas"), ("labels.udp", "Sem portos")], "pt-PT"),
        ([("titles", "Connexions actives")], None),  # French and Catalan
        ([("headings", "Local Address")], None),
    ],
)
def test_the_language_is_that_of_most_words(texts: list[tuple[str, str]], language: str | None) -> None:
    assert words_of(*texts).language == language


def test_a_state_in_any_language_has_the_word_of_the_schema() -> None:
    assert Words("windows").schema_word("states", "ABHÖREN") == "listen"


def test_a_damaged_state_is_read_with_a_doubt() -> None:
    word, doubt = Words("windows").read("states", "ABH?REN")
    assert doubt is not None
    assert (word, doubt.code) == ("listen", "damaged-word")


def test_an_unknown_state_has_a_doubt_and_no_word() -> None:
    word, doubt = Words("windows").read("states", "SLEEPING")
    assert doubt is not None
    assert (word, doubt.code) == (None, "unknown-state")


def test_each_unknown_word_is_new_once_and_only_the_first_ones_are_kept() -> None:
    words = Words("windows")
    assert [words.is_new(text) for text in ("a", "a", "b")] == [True, False, True]
    assert not all(words.is_new(str(number)) for number in range(MAX_UNKNOWN_WORDS))


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ((("unix_states", "CONECTADO"),), None),  # Brazilian Portuguese and Spanish
        ((("unix_states", "CONECTADO"), ("unix_types", "STREAM")), "pt-BR"),  # Spanish has a word for it
        ((("unix_states", "CONECTADO"), ("unix_types", "FLUJO")), "es"),
    ],
)
def test_other_words_decide_where_a_word_is_of_several_languages(
    words: tuple[tuple[str, str], ...], language: str | None
) -> None:
    found = Words("linux")
    for part, text in words:
        found.schema_word(part, text)
    assert found.language == language
