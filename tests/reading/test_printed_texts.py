"""Texts of all languages are collected from the vocabularies and the grammars."""

from netstat_parse.reading.printed_texts import load_words


def test_the_words_of_a_language_are_those_of_all_systems_outside_ascii() -> None:
    words = {*load_words()["de"]}
    assert {"ABHÖREN", "HÖRT"} <= words  # of Windows and of Linux
    assert [word for word in words if word.isascii() or not word.isalpha()] == []
