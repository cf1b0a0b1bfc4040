"""Words of several languages and programs, and how they identify both."""

import pytest

from netstat_parse.systems.lookup import translate_foreign
from netstat_parse.systems.vocabularies import vocabularies
from netstat_parse.systems.words import Words


def heard(*texts: tuple[str, str]) -> Words:
    """The words of a snapshot that printed these texts, each a part of the vocabulary and a text of it."""
    words = Words("windows")
    for part, text in texts:
        words.english(part, text)
    return words


def test_a_language_has_the_words_of_all_its_programs() -> None:
    titles = vocabularies("windows")["de"]["titles"]
    assert titles["Schnittstellenstatistik"] == titles["Schnittstellen-Statistik"] == "Interface Statistics"


def test_a_word_that_replaces_the_usual_one_belongs_to_its_program() -> None:
    assert translate_foreign("windows", "headings", "Remoteadresse", "de") == ("Foreign Address", ("de",))
    assert translate_foreign("windows", "headings", "Entfernte Adresse", "de") == ("Foreign Address", ("de-x-wine",))


def test_a_word_without_a_usual_one_belongs_to_no_program() -> None:
    assert translate_foreign("windows", "headings", "Vietinis adresas") == ("Local Address", ("lt",))


@pytest.mark.parametrize(
    ("texts", "program"),
    [
        (["Entfernte Adresse", "Zustand"], "wine"),
        (["Lokale Adresse", "Entfernte Adresse"], None),  # which an older Windows may have printed
        (["Lokale Adresse", "Remoteadresse", "Status"], None),
    ],
)
def test_several_words_of_its_own_identify_the_program(texts: list[str], program: str | None) -> None:
    words = heard(*(("headings", text) for text in texts))
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
    assert heard(*texts).language == language
