"""Letters show whether text was decoded with the right code page."""

import pytest

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
