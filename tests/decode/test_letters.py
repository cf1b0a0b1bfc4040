"""Letters show whether text was decoded with the right code page."""

import pytest

from netstat_parse.decode.letters import score_letters
from netstat_parse.decode.text import decode
from support.decoding import ROW, VOCABULARY, read


@pytest.mark.parametrize(
    ("phrase", "page"),
    [
        ("Helyi cím    Külső cím    Állapot", "cp852"),
        ("Ενεργές συνδέσεις  Τοπική διεύθυνση", "cp737"),
        ("Išorinis adresas  Būsena  Gauti paketai", "cp775"),
        ("Активні підключення  Локальна адреса".replace("і", "i"), "cp866"),
        ("חיבורים פעילים  כתובת מקומית", "cp862"),
        ("الاتصالات النشطة  العنوان المحلي", "cp720"),
        ("การเชื่อมต่อที่ใช้งานอยู่", "cp874"),
        ("Lökalé Ädrésé  Förénä Ädrésé  Ställö", "cp850"),
    ],
)
def test_an_unknown_language_is_decoded_by_its_letters(phrase: str, page: str) -> None:
    assert read(decode(f"{phrase}\r\n{ROW}".encode(page), vocabulary=VOCABULARY)) == f"{phrase}\n{ROW}"


@pytest.mark.parametrize(
    ("text", "codec"),
    [("ABHÖREN  Ständige Routen", "cp850"), ("Локальный адрес", "cp866"), ("本地地址  外部地址", "cp936")],
)
def test_words_of_one_language_have_a_high_score(text: str, codec: str) -> None:
    assert score_letters(text, codec) > 0.5


@pytest.mark.parametrize("text", ["ABH™REN", "St„ndige", "═" * 60, "ЛOкaльный"])
def test_symbols_and_mixed_scripts_have_no_positive_score(text: str) -> None:
    assert score_letters(text) <= 0


def test_the_right_code_page_has_the_highest_score() -> None:
    data = "Empfangene übermittelte Pakete, Ständige Routen".encode("cp850")
    scores = {codec: score_letters(data.decode(codec), codec) for codec in ("cp850", "cp866", "iso8859-1")}
    assert max(scores, key=lambda codec: scores[codec]) == "cp850"


def test_ascii_has_no_score() -> None:
    assert score_letters("Active Connections") == 0
