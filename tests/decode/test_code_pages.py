"""The encoding of bytes is detected, mostly by known words."""

import pytest

from netstat_parse.decode import code_pages
from netstat_parse.decode.text import decode
from support.decoding import CUT_NAME, GERMAN, NETSTAT, PHRASES, VOCABULARY, read


@pytest.mark.parametrize(
    ("data", "encoding", "grounds"),
    [
        (b"", "ascii", "nothing but ASCII"),
        (NETSTAT.encode(), "ascii", "nothing but ASCII"),
        (GERMAN.encode(), "utf-8", "valid UTF-8"),
        (NETSTAT.encode("utf-8-sig"), "utf-8", "byte order mark"),
        (GERMAN.encode("utf-16"), "utf-16-le", "byte order mark"),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16-be", "byte order mark"),
        (GERMAN.encode("utf-16-le"), "utf-16-le", "zero bytes as in UTF-16"),
        (GERMAN.encode("utf-16-be"), "utf-16-be", "zero bytes as in UTF-16"),
        ("\n활성 연결\n\n  프로토콜  로컬 주소      \n".encode("utf-16-le"), "utf-16-le", "zero bytes as in UTF-16"),
        (CUT_NAME, "utf-8", "mostly valid UTF-8"),
        (
            b"unix  2      [ ]         DGRAM                    274   /bad-\xff\xfe\n",
            "utf-8",
            "no code page reads better",
        ),
        (GERMAN.encode("cp850"), "cp850", "known words: ABHÖREN"),
        (
            "活动连接 1 状态 外部地址 本地地址\r\n".encode("cp936"),
            "cp936",
            "known words: 外部地址, 本地地址, 活动连接 ...",
        ),
        ("Paket zu groß für Café\r\n".encode("cp1252"), "cp1252", "known words: groß"),
        ("Förbindelser från värddatorn\r\n".encode("cp850"), "cp850", "letters that make words"),
    ],
)
def test_the_encoding_is_detected_with_its_grounds(data: bytes, encoding: str, grounds: str) -> None:
    text = decode(data, vocabulary=VOCABULARY)
    read(text)
    assert (text.encoding, text.grounds) == (encoding, grounds)


PAGES = {
    "cs": "cp852 cp1250 iso8859-2",
    "de": "cp437 cp850 cp852 cp858 cp1250 cp1252 iso8859-1",
    "es": "cp437 cp850 cp1252",
    "fr": "cp437 cp850 cp1252 iso8859-1",
    "ja": "cp932 euc_jp",
    "ko": "cp949",
    "pl": "cp852 cp1250",
    "pt-BR": "cp850 cp1252",
    "ru": "cp855 cp866 cp1251 koi8-r",
    "tr": "cp857 cp1254",
    "zh-CN": "cp936",
    "zh-TW": "cp950",
}


@pytest.mark.parametrize(("language", "page"), [(tag, page) for tag, pages in PAGES.items() for page in pages.split()])
def test_known_words_identify_the_code_page(language: str, page: str) -> None:
    phrases = "".join(f"  {phrase}\n" for phrase in PHRASES[language])
    assert read(decode((phrases + NETSTAT).encode(page), vocabulary=VOCABULARY)) == phrases + NETSTAT


def test_other_words_of_the_language_distinguish_code_pages_that_agree_on_one_word() -> None:
    # Í is the same byte in 850 and 852, but Č, which this vocabulary has too, is only in 852.
    text = decode(["Místní 1".encode("cp852"), "ČEKÁNÍ".encode("cp852")], vocabulary=VOCABULARY)
    assert read(text) == "Místní 1\nČEKÁNÍ\n"


def test_the_vocabulary_is_fetched_only_for_bytes_that_are_not_unicode() -> None:
    def fetch() -> code_pages.KnownWords:
        raise AssertionError

    for data in (NETSTAT.encode(), GERMAN.encode(), GERMAN.encode("utf-16")):
        read(decode(data, vocabulary=fetch))
    with pytest.raises(AssertionError):
        read(decode(GERMAN.encode("cp850"), vocabulary=fetch))


def test_the_encoding_can_be_detected_after_many_ascii_lines() -> None:
    data = (NETSTAT * 2000).encode() + GERMAN.encode("cp850")
    assert read(decode(data, vocabulary=VOCABULARY)) == NETSTAT * 2000 + GERMAN


@pytest.mark.parametrize(("line", "page"), [("═" * 60, "cp437"), ("Notiz über grüne Äpfel", "cp1252")])
def test_lines_above_a_dump_do_not_overrule_known_words(line: str, page: str) -> None:
    data = f"{line}\r\n".encode(page) * 100 + GERMAN.encode("cp850")
    assert read(decode(data, vocabulary=VOCABULARY)).endswith(GERMAN)
