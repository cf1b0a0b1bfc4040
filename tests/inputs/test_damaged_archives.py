"""Archives that are damaged at any byte give what can be read, and an error; never an exception."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator, Mapping

import pytest

from fuzz.archives import PACKERS
from netstat_parse.sources import FailedInputError, Failure, ReadOptions, read_data

MAGIC_BYTES = 6

ROWS = "".join(
    f"tcp        0      0 10.0.0.{n}:{n + 1000} 0.0.0.0:* LISTEN {n * 7919 % 65536}/p{n}\n" for n in range(30)
)
FILES = {"a.txt": ROWS.encode(), "b" * 120: ROWS.replace("10.0.", "10.9.").encode()}

ONE_STREAM: Mapping[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
"""Between two streams, as the fuzzer packs them, a file can be cut without any sign of it."""

READABLE = [name for name in PACKERS if name != "zip lzma"]
"""The kinds that can be unpacked."""


def read(data: bytes) -> tuple[list[tuple[str, int]], list[str]]:
    """Return the endpoints that could be read, and the errors."""
    errors: list[str] = []
    endpoints: list[tuple[str, int]] = []
    for found in read_data(data, "x", ReadOptions()):
        if isinstance(found, Failure):
            errors.append(found.message)
            continue
        try:
            for rows in found.rows():
                if rows.kind == "connections":
                    addresses, ports = (rows.columns.get(name, []) for name in ("local_address", "local_port"))
                    endpoints += zip(addresses, ports, strict=False)
        except FailedInputError as error:
            errors.append(error.failure.message)
    return endpoints, errors


def places(data: bytes) -> Iterator[int]:
    """Choose offsets: the first and last ones, where headers are, and some between."""
    yield from range(0, len(data), max(len(data) // 80, 1))
    yield from range(max(len(data) - 30, 0), len(data))


@pytest.mark.parametrize("kind", READABLE)
def test_an_archive_that_is_cut_anywhere_gives_the_rows_before_and_an_error(kind: str) -> None:
    data = ONE_STREAM[kind](FILES["a.txt"]) if kind in ONE_STREAM else PACKERS[kind](FILES)
    whole, errors = read(data)
    assert (len(whole) in {30, 60}, errors) == (True, [])
    end = data.rstrip(b"\0")
    counts = []
    for at in places(end):
        found, errors = read(data[:at])
        assert found == whole[: len(found)], f"cut at {at}"
        assert errors, f"cut at {at}"
        assert all(errors)
        counts.append(len(found))
    assert max(counts) >= len(whole) - 1


@pytest.mark.parametrize("kind", [kind for kind in READABLE if kind not in {"tar", "tar pax"}])  # without checksums
def test_a_flipped_bit_anywhere_is_an_error_or_changes_no_row(kind: str) -> None:
    data = PACKERS[kind](FILES)
    whole, _ = read(data)
    for at in places(data):
        if at < MAGIC_BYTES:  # then it is no archive
            continue
        damaged = bytearray(data)
        damaged[at] ^= 1 << at % 8
        found, errors = read(bytes(damaged))
        assert errors or found == whole, f"flipped at {at}"


@pytest.mark.parametrize("kind", READABLE)
@pytest.mark.parametrize("tail", [b"x", b"more text\n", b"\0", bytes(1000), None], ids=repr)
def test_an_archive_with_bytes_behind_it_gives_all_rows(kind: str, tail: bytes | None) -> None:
    data = PACKERS[kind](FILES)
    whole, _ = read(data)
    found, _ = read(data + (data if tail is None else tail))
    assert found == (whole * 2 if tail is None else whole)


@pytest.mark.parametrize("kind", ["zip stored", "zip deflated"])
@pytest.mark.parametrize("offset", [8, 10, 12, 16])
def test_a_zip_whose_directory_lacks_members_gives_all_and_an_error(kind: str, offset: int) -> None:
    data = bytearray(PACKERS[kind](FILES))
    data[data.rindex(b"PK\5\6") + offset] ^= 1
    found, errors = read(bytes(data))
    assert len(found) == 60
    assert bool(errors) == (offset > 8)  # the number of members on this disk is in no use


def test_a_tar_that_ends_between_two_members_is_an_error() -> None:
    data = PACKERS["tar"]({"a.txt": ROWS.encode()})
    end = 512 + -(-len(ROWS) // 512) * 512
    found, errors = read(data[:end])
    assert (len(found), errors) == (30, ["broken archive: it ends early"])


def test_a_cut_line_is_no_record() -> None:
    row = b"tcp        0      0 0.0.0.0:2022            0.0.0.0:*               LISTEN\n"
    data = PACKERS["tar"]({"a.txt": row + row})
    for cut in range(30):
        found, errors = read(data[: 512 + len(row) + cut])
        assert found == [("0.0.0.0", 2022)]
        assert errors
