"""Bytes to text: sources, line ends, encodings and their grounds."""

import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse.decode import code_pages, lines
from netstat_parse.decode.text import DecodedText, TextBlock, decode

VOCABULARY = {
    "cs": ["Aktivní Internetová spojení", "Místní Adresa", "Vzdálená Adresa", "NASLOUCHÁ", "ČEKÁNÍ", "Připojeno"],
    "de": ["ABHÖREN", "Empfangene übermittelte Pakete", "Ständige Routen", "Paket zu groß", "Passiv geöffnet"],
    "es": ["Dirección local", "Dirección remota", "No vínculo"],
    "fr": ["État", "Itinéraires actifs", "Adresse réseau", "Par défaut"],
    "ja": ["アクティブな接続", "ローカル アドレス", "外部アドレス", "状態", "稼働中のインターネット接続"],
    "ko": ["활성 연결", "로컬 주소", "외부 주소", "상태"],
    "pl": ["Aktywne połączenia", "Protokół", "Trasy trwałe"],
    "pt-BR": ["Conexões ativas", "Endereço local", "Máscara", "No vínculo", "Padrão"],
    "ru": ["Активные подключения", "Локальный адрес", "Внешний адрес", "Состояние", "Отсутствует"],
    "tr": ["Aktif bağlantılar", "Yabancı Adres", "Alınan Paketler", "İstatistikleri"],
    "zh-CN": ["活动连接", "协议", "本地地址", "外部地址", "状态", "接口统计"],
    "zh-TW": ["使用中連線", "協定", "本機位址", "外部位址", "狀態"],
}
"""Some of what netstat prints on Windows, and two phrases of Linux (cs, ja)."""

ROW = "  TCP    10.0.0.1:49731         192.0.2.7:443          ESTABLISHED     1712\n"
NETSTAT = (
    f"\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n{ROW * 3}"
)
GERMAN = ROW.replace("ESTABLISHED", "ABHÖREN    ")
CUT_NAME = "tcp        0      0 10.0.0.1:22             0.0.0.0:*               LISTEN      271/né-日本".encode()[:-2]


def read(text: DecodedText) -> str:
    return "".join(block.text for block in text)


class Pipe:
    """Returns the chunks that it was given one by one, and then fails as it would have to wait, or ends."""

    def __init__(self, parts: Iterable[bytes], *, is_open: bool) -> None:
        self.parts = list(parts)
        self.is_open = is_open

    def read(self, size: int) -> bytes:
        raise AssertionError(f"waits for {size} bytes")

    def read1(self, size: int) -> bytes:
        if not self.parts:
            assert not self.is_open, "waits for more than is there"
            return b""
        part = self.parts.pop(0)
        if part[size:]:
            self.parts.insert(0, part[size:])
        return part[:size]


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def text_file(folder: Path) -> io.TextIOWrapper:
    path = folder / "netstat.txt"
    path.write_bytes(crlf(NETSTAT))
    return path.open(encoding="utf-8", newline="")


SOURCES: dict[str, Callable[[Path], lines.Source]] = {
    "bytes": lambda _: crlf(NETSTAT),
    "bytearray": lambda _: bytearray(crlf(NETSTAT)),
    "memoryview": lambda _: memoryview(crlf(NETSTAT)),
    "str": lambda _: NETSTAT,
    "binary file": lambda _: io.BytesIO(crlf(NETSTAT)),
    "text file": text_file,
    "lines of bytes": lambda _: iter(crlf(NETSTAT).splitlines(keepends=True)),
    "lines without ends": lambda _: NETSTAT.splitlines(),
    "UTF-16 lines": lambda _: NETSTAT.encode("utf-16").splitlines(keepends=True),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_gives_the_same_lines(source: Callable[[Path], lines.Source], tmp_path: Path) -> None:
    opened = source(tmp_path)
    assert read(decode(opened)) == NETSTAT
    if isinstance(opened, io.TextIOWrapper):
        opened.close()


def test_lines_that_are_neither_bytes_nor_text_are_refused() -> None:
    with pytest.raises(TypeError, match="a line must be str or bytes, not int"):
        read(decode([1, 2]))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", [ROW.encode(), GERMAN.encode(), GERMAN.encode("cp850"), CUT_NAME + b"\n"])
def test_on_a_pipe_a_row_waits_for_no_other(row: bytes) -> None:
    heading = NETSTAT.encode().removesuffix(ROW.encode() * 3)
    text = decode(Pipe([heading, row], is_open=True), vocabulary=VOCABULARY)
    assert next(text).text.count("\n") == 4
    assert next(text).text.count("\n") == 1


def test_a_text_file_that_may_wait_is_read_line_by_line() -> None:
    class Terminal(io.TextIOWrapper):
        def seekable(self) -> bool:
            return False

    assert [block.text for block in decode(Terminal(io.BytesIO(b"tcp\nudp\n")))] == ["tcp\n", "udp\n"]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("tcp\r\nudp\r\n", "tcp\nudp\n"),
        ("tcp\r\r\nudp\r\r\r\n", "tcp\nudp\n"),
        ("10%\r20%\r30%\ntcp\r\n", "10%\r20%\r30%\ntcp\n"),
        ("tcp\rudp\r", "tcp\nudp\n"),
        ("tcp\r\nudp\r", "tcp\nudp"),
        ("a\x0bb\x0cc\x1dd\x85e\u2028f\n", "a\x0bb\x0cc\x1dd\x85e\u2028f\n"),
        ("\ufefftcp\n\ufeffudp a\ufeffb\n", "tcp\nudp a\ufeffb\n"),
        ("", ""),
    ],
    ids=["CRLF", "CRCRLF", "progress", "CR", "cut between CR and LF", "other controls", "joined files", "empty"],
)
@pytest.mark.parametrize(
    "encode", [str, str.encode, lambda text: text.encode("utf-16")], ids=["str", "utf-8", "utf-16"]
)
def test_a_line_ends_at_a_line_feed(printed: str, read_as: str, encode: Callable[[str], str | bytes]) -> None:
    assert read(decode(encode(printed))) == read_as


def test_a_block_is_whole_lines_and_says_where_it_begins() -> None:
    blocks = list(decode(NETSTAT * 2000))
    assert len(blocks) > 2
    assert all(block.text.endswith("\n") and len(block.text) <= 2 * lines.MAX_LINE_CHARS for block in blocks)
    heights = [block.text.count("\n") for block in blocks]
    assert [block.line for block in blocks] == [1 + sum(heights[:index]) for index in range(len(blocks))]


@pytest.mark.parametrize("long", ["x" * 1_000_000, "é" * 200_000])
def test_the_beginning_of_an_overlong_line_is_kept(long: str) -> None:
    blocks = list(decode(io.BytesIO(f"tcp\n{long}\nudp\n".encode())))
    parts = "".join(block.text for block in blocks).split("\n")
    assert (parts[0], parts[2:]) == ("tcp", ["udp", ""])
    assert long.startswith(parts[1].rstrip("\ufffd"))
    assert lines.MAX_LINE_CHARS // 2 <= len(parts[1]) <= lines.MAX_LINE_CHARS
    assert [line for block in blocks for line in block.cut] == [2]


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


def test_text_has_no_encoding() -> None:
    text = decode(GERMAN)
    assert read(text) == GERMAN
    assert (text.encoding, text.grounds) == (None, None)


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
    phrases = "".join(f"  {phrase}\n" for phrase in VOCABULARY[language])
    assert read(decode((phrases + NETSTAT).encode(page), vocabulary=VOCABULARY)) == phrases + NETSTAT


def test_other_words_of_the_language_distinguish_code_pages_that_agree_on_one_word() -> None:
    # Í is the same byte in 850 and 852, but Č, which this vocabulary has too, is only in 852.
    text = decode(["Místní 1".encode("cp852"), "ČEKÁNÍ".encode("cp852")], vocabulary=VOCABULARY)
    assert read(text) == "Místní 1\nČEKÁNÍ\n"


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


def test_the_vocabulary_is_fetched_only_for_bytes_that_are_not_unicode() -> None:
    def fetch() -> code_pages.Phrases:
        raise AssertionError

    for data in (NETSTAT.encode(), GERMAN.encode(), GERMAN.encode("utf-16")):
        read(decode(data, vocabulary=fetch))
    with pytest.raises(AssertionError):
        read(decode(GERMAN.encode("cp850"), vocabulary=fetch))


def test_the_encoding_may_be_detected_late() -> None:
    data = (NETSTAT * 2000).encode() + GERMAN.encode("cp850")
    assert read(decode(data, vocabulary=VOCABULARY)) == NETSTAT * 2000 + GERMAN


@pytest.mark.parametrize(("line", "page"), [("═" * 60, "cp437"), ("Notiz über grüne Äpfel", "cp1252")])
def test_lines_above_a_dump_do_not_overrule_known_words(line: str, page: str) -> None:
    data = f"{line}\r\n".encode(page) * 100 + GERMAN.encode("cp850")
    assert read(decode(data, vocabulary=VOCABULARY)).endswith(GERMAN)


def test_undecodable_bytes_are_replaced_and_their_lines_counted() -> None:
    text = decode("tcp é日本 \ufffd\n".encode() * 3 + b"udp \xff\xfe\nudp \xe6\x97\n")
    assert [line for block in text for line in block.undecodable] == [4, 5]


def test_a_name_cut_in_the_middle_of_a_character_stays_utf_8() -> None:
    assert read(decode(CUT_NAME)).endswith("271/né-日\ufffd")


def test_a_line_end_behind_half_a_character_is_kept() -> None:
    assert read(decode(b"tcp \x8f\nudp\n", "euc_jp")) == "tcp \ufffd\nudp\n"


def test_lone_surrogates_count_as_undecodable() -> None:
    text = decode("tcp\nudp \udce9 \ufffd\ntcp \ufffd\n")
    assert [*text] == [TextBlock("tcp\nudp \ufffd \ufffd\ntcp \ufffd\n", 1, [2])]


@pytest.mark.parametrize("end", [b"\n", b"T", b"\x00"])
def test_utf_16_may_have_an_odd_number_of_bytes(end: bytes) -> None:
    text = decode(NETSTAT.encode("utf-16") + end)
    assert read(text) == NETSTAT + ("" if end == b"\n" else "\ufffd")


@pytest.mark.parametrize(
    "data", [b"\0" * 3000 + b"tcp\n", b"tcp a\0b\0\0c  271/x\n" * 9, b"\0tcp    0   0 10.0.0.1:22\n"]
)
def test_zero_bytes_alone_are_no_utf_16(data: bytes) -> None:
    assert read(decode(data)) == data.decode()


@pytest.mark.parametrize("encoding", ["cp1252", "850", "utf-16", "utf-16-be", "utf-32", "cp500", "utf-8-sig"])
def test_a_requested_encoding_is_used_without_detection(encoding: str) -> None:
    text = decode(GERMAN.encode(encoding), encoding)
    assert read(text) == GERMAN
    assert text.grounds == "asked for"


@pytest.mark.parametrize("encoding", ["klingon", "hex", "idna", "", "a\0b"])
def test_an_unknown_encoding_is_refused_at_once(encoding: str) -> None:
    with pytest.raises(LookupError, match="unknown encoding"):
        decode(b"", encoding)


FRAGMENTS = [
    *(b"\r", b"\n", b"\r\n", b"\r\r\n", b"\0", b"1", b" ", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe6", b"tcp 0", b"x" * 30),
    *(word.encode(page) for word in ("ABHÖREN", "État", "für") for page in ("cp850", "cp1252", "utf-8")),
]
DATA = st.one_of(st.binary(), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join))


SLOW_AT_FIRST = settings(deadline=None)
"""The first detection of a code page imports all the codecs."""


def decoded(source: lines.Source) -> tuple[object, ...]:
    """All that decoding gives, except where its blocks end."""
    text = decode(source, vocabulary=VOCABULARY)
    blocks = list(text)
    undecodable = [line for block in blocks for line in block.undecodable]
    cut = [line for block in blocks for line in block.cut]
    return "".join(block.text for block in blocks), undecodable, cut, text.encoding, text.grounds


@SLOW_AT_FIRST
@given(DATA, st.integers(1, 40))
def test_the_size_of_chunks_does_not_matter(data: bytes, size: int) -> None:
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    with patch.object(lines, "MAX_LINE_CHARS", 50), patch.object(code_pages, "WINDOW_BYTES", 100):
        assert decoded(Pipe(parts, is_open=False)) == decoded(data)


@SLOW_AT_FIRST
@given(DATA)
def test_no_line_is_lost_and_no_bytes_are_refused(data: bytes) -> None:
    text = decode(data, vocabulary=VOCABULARY)
    found = read(text)
    whole = data.decode(text.encoding if text.encoding and "16" in text.encoding else "latin-1", "replace")
    assert found.count("\n") == whole.count("\n" if "\n" in whole else "\r")


@given(st.text())
def test_text_is_kept_but_for_its_line_ends(text: str) -> None:
    expected = re.sub("\r*\n", "\n", text) if "\n" in text else text.replace("\r", "\n")
    assert read(decode(text)) == re.sub("^\ufeff+", "", expected.rstrip("\r"), flags=re.MULTILINE)
