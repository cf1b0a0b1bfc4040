"""Vocabularies are loaded by system, language and program."""

import pytest

from netstat_parse.systems.vocabularies import Meaning, meanings, phrases, split_tag, vocabularies, vocabulary_part


def test_a_language_has_the_words_of_all_its_programs() -> None:
    titles = vocabularies("windows")["de"]["titles"]
    assert titles["Schnittstellenstatistik"] == titles["Schnittstellen-Statistik"] == "Interface Statistics"


@pytest.mark.parametrize(
    ("tag", "language", "program"), [("de", "de", ""), ("pt-BR", "pt-BR", ""), ("de-x-wine", "de", "wine")]
)
def test_a_tag_is_a_language_and_perhaps_a_program(tag: str, language: str, program: str) -> None:
    assert split_tag(tag) == (language, program)


def test_a_part_may_be_inside_another_part() -> None:
    assert vocabulary_part({"labels": {"udp": {"Kein Port": "No Ports"}}}, "labels.udp") == {"Kein Port": "No Ports"}


def test_a_missing_part_is_empty() -> None:
    assert vocabulary_part({}, "labels.udp") == {}


def test_the_words_of_a_program_have_its_tag() -> None:
    (meaning,) = meanings("windows", "headings")["Entfernte Adresse"].values()
    assert meaning == Meaning("Foreign Address", "de-x-wine")


def test_the_phrases_of_a_language_are_those_of_all_parts_and_programs() -> None:
    assert {"ABHÖREN", "Aktive Verbindungen", "Entfernte Adresse"} <= set(phrases("windows")["de"])
