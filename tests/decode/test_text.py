"""Bytes become blocks of text, and what cannot be decoded is counted."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.decode import code_pages, lines
from netstat_parse.decode.text import TextBlock, decode
from support.decoding import CUT_NAME, GERMAN, NETSTAT, VOCABULARY, Pipe, read


def test_text_has_no_encoding() -> None:
    text = decode(GERMAN)
    assert read(text) == GERMAN
    assert (text.encoding, text.grounds) == (None, None)


def test_undecodable_bytes_are_replaced_and_their_lines_counted() -> None:
    text = decode("tcp é日本 \ufffd\n".encode() * 3 + b"udp \xff\xfe\nudp \xe6\x97\n")
    assert [line for block in text for line in block.undecodable] == [4, 5]


def test_a_name_cut_in_the_middle_of_a_character_stays_utf_8() -> None:
    assert read(decode(CUT_NAME)).endswith("271/né-日\ufffd")


def test_a_line_end_after_half_a_character_is_kept() -> None:
    assert read(decode(b"tcp \x8f\nudp\n", "euc_jp")) == "tcp \ufffd\nudp\n"


def test_lone_surrogates_count_as_undecodable() -> None:
    text = decode("tcp\nudp \udce9 \ufffd\ntcp \ufffd\n")
    assert [*text] == [TextBlock("tcp\nudp \ufffd \ufffd\ntcp \ufffd\n", range(1, 4), [2])]


@pytest.mark.parametrize("end", [b"\n", b"T", b"\x00"])
def test_utf_16_may_have_an_odd_number_of_bytes(end: bytes) -> None:
    text = decode(NETSTAT.encode("utf-16") + end)
    assert read(text) == NETSTAT + ("" if end == b"\n" else "\ufffd")


@pytest.mark.parametrize(
    "data", [b"\0" * 3000 + b"tcp\n", b"tcp a\0b\0\0c  271/x\n" * 9, b"\0tcp    0   0 10.0.0.1:22\n"]
)
def test_zero_bytes_alone_are_not_utf_16(data: bytes) -> None:
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


def decoded(source: lines.Source) -> tuple[object, ...]:
    """All that decoding gives, except where its blocks end."""
    text = decode(source, vocabulary=VOCABULARY)
    blocks = list(text)
    undecodable = [line for block in blocks for line in block.undecodable]
    cut = [line for block in blocks for line in block.cut]
    return "".join(block.text for block in blocks), undecodable, cut, text.encoding, text.grounds


@given(DATA, st.integers(1, 40))
def test_the_size_of_chunks_does_not_matter(data: bytes, size: int) -> None:
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    with patch.object(lines, "MAX_LINE_CHARS", 50), patch.object(code_pages, "WINDOW_BYTES", 100):
        assert decoded(Pipe(parts, is_open=False)) == decoded(data)


@given(DATA)
def test_no_line_is_lost_and_no_bytes_are_refused(data: bytes) -> None:
    text = decode(data, vocabulary=VOCABULARY)
    found = read(text)
    whole = data.decode(text.encoding if text.encoding and "16" in text.encoding else "latin-1", "replace")
    assert found.count("\n") == whole.count("\n" if "\n" in whole else "\r")


@given(st.text())
def test_text_is_unchanged_except_for_line_ends(text: str) -> None:
    expected = re.sub("\r*\n", "\n", text) if "\n" in text else text.replace("\r", "\n")
    assert read(decode(text)) == re.sub("^\ufeff+", "", expected.rstrip("\r"), flags=re.MULTILINE)
