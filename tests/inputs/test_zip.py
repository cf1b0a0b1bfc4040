"""A zip is read in time in proportion to its size, whatever its headers claim."""

import io
import struct
from typing import TYPE_CHECKING

import pytest

from netstat_parse.inputs.zip import find_members
from netstat_parse.sources import Failure, ReadOptions, read_data

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

UNSUPPORTED, DEFLATED = 99, 8

HAS_DESCRIPTOR = 8

MAX_READS_OF_A_BYTE = 6

EMPTY_BLOCK = b"\0\0\0\xff\xff"
"""A block of deflate that unpacks to nothing (RFC 1951, 3.2.4)."""


class CountedBytes(io.BytesIO):
    """A file that counts the bytes that are read."""

    bytes_read = 0

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count = super().readinto(buffer)
        self.bytes_read += count
        return count


def make_header(packed_bytes: int, *, method: int = UNSUPPORTED, flags: int = 0) -> bytes:
    return struct.pack("<4s2x2H4xIII2H", b"PK\3\4", flags, method, 0, packed_bytes, 0, 1, 0) + b"a"


HEADER_BYTES = len(make_header(0))


def reach(end: int, count: int) -> bytes:
    """Make headers of members that all claim to reach to the same end."""
    return b"".join(make_header(max(end - (index + 1) * HEADER_BYTES, 0)) for index in range(count))


KINDS = {
    "to the end of the headers, then junk": reach(1000 * HEADER_BYTES, 1000) + b"z" * 200_000,
    "to the end of the file": reach(1000 * HEADER_BYTES + 200_000, 1000) + b"z" * 200_000,
    "beyond the file": make_header(1 << 30) * 1000 + b"z" * 200_000,
    "to a descriptor": make_header(0, flags=HAS_DESCRIPTOR) * 1000 + b"z" * 200_000,
    "with junk between": (make_header(0) + b"z" * 300) * 1000,
    "with descriptors and junk between": (make_header(0, flags=HAS_DESCRIPTOR) + b"PK" * 150) * 1000,
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_is_searched_often_for_the_members_of_a_zip(kind: str) -> None:
    data = KINDS[kind]
    raw = CountedBytes(data)
    members = list(find_members(io.BufferedReader(raw)))
    assert len(members) == 1000
    assert raw.bytes_read < MAX_READS_OF_A_BYTE * len(data)


@pytest.mark.parametrize("distance", [0, 1, 250, 255, 256, 257, 767, 768, 769, 65_536, 200_000])
def test_the_next_member_is_found_at_any_distance(distance: int) -> None:
    data = make_header(1 << 30) + b"z" * distance + make_header(0) + b"z" * distance
    offsets = [member.header_offset for member in find_members(io.BufferedReader(io.BytesIO(data)))]
    assert offsets == [0, HEADER_BYTES + distance]


def test_members_that_overlap_are_refused_after_some() -> None:
    body = EMPTY_BLOCK * 100_000
    header = make_header(len(body), method=DEFLATED)
    entry = struct.pack("<4s4x2H4x3IH12xI", b"PK\1\2", 0, DEFLATED, 0, len(body), 0, 1, 0) + b"a"
    count = 500
    end = struct.pack("<4s4xHHII2x", b"PK\5\6", count, count, len(entry) * count, len(header) + len(body))
    found = list(read_data(header + body + entry * count + end, "x", ReadOptions()))
    messages = [each.message for each in found if isinstance(each, Failure)]
    assert messages[-1] == "its members overlap: refused as a bomb"
    assert len(messages) < 20
