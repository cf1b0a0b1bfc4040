"""Archives of samples, nested and with odd names, that are damaged at random places."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from netstat_parse.records.values import printable
from netstat_parse.sources import FailedInputError, Failure, ReadOptions, read_data
from support.samples import SAMPLES

Files = Mapping[str, bytes]
"""Contents by name; a packed file has the first one only."""

SMALL_SAMPLES = [path for path in SAMPLES if path.stat().st_size < 4000]

NAMES = (
    *("dump.txt", "folder/dump.txt", "", "/", "..", "../../etc/x", "x" * 300, "dump.txt:1", "-", "s3://a/b"),
    *(
        "\x1b[31mred",
        "\x1b]8;;http://a\x07b",
        "[link=http://a]b[/x]",
        "a\nb",
        "a\r\n",
        "\u202etxt.exe",
        "\x9b31m",
        "\x7f",
    ),
    *("=1+1", "a;=1+1", "@user #1", "<b>", "`a`", "a|b", "é", "日本", "h\udcffst", "h\\xffst"),
)

MAX_PEAK_BYTES = 64 << 20
"""Maximum memory that Python objects may need for an archive of a few samples; decompressors have their own limits."""


def pack_tar(mode: str, form: int, files: Files) -> bytes:
    """Make a tar of files; the mode and the format are those of `tarfile`."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode, format=form) as archive:  # type: ignore[call-overload]  # a parameter
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def pack_zip(method: int, files: Files) -> bytes:
    """Make a zip of files."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.encode(errors="replace").decode()), data, method)
    return file.getvalue()


def pack_first(compress: Callable[[bytes], bytes], files: Files) -> bytes:
    """Compress the first file, in two streams."""
    data = next(iter(files.values()))
    half = len(data) // 2
    return compress(data[:half]) + compress(data[half:])


PACKERS: Mapping[str, Callable[[Files], bytes]] = {
    "gz": partial(pack_first, gzip.compress),
    "bz2": partial(pack_first, bz2.compress),
    "xz": partial(pack_first, lzma.compress),
    "zip stored": partial(pack_zip, zipfile.ZIP_STORED),
    "zip deflated": partial(pack_zip, zipfile.ZIP_DEFLATED),
    "zip bzip2": partial(pack_zip, zipfile.ZIP_BZIP2),
    "zip lzma": partial(pack_zip, zipfile.ZIP_LZMA),
    "tar": partial(pack_tar, "w:", tarfile.GNU_FORMAT),
    "tar pax": partial(pack_tar, "w:", tarfile.PAX_FORMAT),
    "tar.gz": partial(pack_tar, "w:gz", tarfile.GNU_FORMAT),
    "tar.bz2": partial(pack_tar, "w:bz2", tarfile.PAX_FORMAT),
    "tar.xz": partial(pack_tar, "w:xz", tarfile.GNU_FORMAT),
}
"""The kinds of archives."""

Damage = Callable[[bytearray, int, int, Random], None]


def cut(data: bytearray, start: int, _end: int, _chance: Random) -> None:
    """Cut the end off."""
    del data[start:]


def remove(data: bytearray, start: int, end: int, _chance: Random) -> None:
    """Remove bytes in the middle."""
    del data[start:end]


def repeat(data: bytearray, start: int, end: int, _chance: Random) -> None:
    """Repeat bytes in the middle."""
    data[end:end] = data[start:end]


def flip(data: bytearray, start: int, _end: int, chance: Random) -> None:
    """Flip one bit."""
    if start < len(data):
        data[start] ^= 1 << chance.randrange(8)


def overwrite(data: bytearray, start: int, end: int, chance: Random) -> None:
    """Overwrite bytes with zeros, ones or others."""
    size = len(data[start:end])
    data[start:end] = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))


def append(data: bytearray, start: int, end: int, chance: Random) -> None:
    """Append zeros, other bytes or a part of the archive."""
    data += chance.choice((b"\0", b"x", bytes(1000), chance.randbytes(20), data[start:end], bytes(data)))


DAMAGES: tuple[Damage, ...] = (cut, remove, repeat, flip, flip, flip, overwrite, append)


def make_archive(chance: Random) -> bytes:
    """Make an archive and damage it."""
    data = b""
    for level in range(chance.choice((1, 1, 1, 2, 2, 3, 6))):
        names = chance.sample(NAMES, chance.randint(1, 4))
        files = {name: chance.choice(SMALL_SAMPLES).read_bytes() for name in names}
        if level:
            files[names[0]] = data
        data = chance.choice(list(PACKERS.values()))(files)
        if chance.random() < 0.3:
            data = damage(data, chance)
    return damage(data, chance)


def damage(data: bytes, chance: Random) -> bytes:
    """Damage an archive at up to three places, most often near its ends, where the headers are."""
    damaged = bytearray(data)
    for _ in range(chance.randint(0, 3)):
        near = min(len(damaged), 600)
        places = (chance.randint(0, len(damaged)), chance.randint(0, near), len(damaged) - chance.randint(0, near))
        start = chance.choice(places)
        end = start + chance.choice((1, 2, 4, 20, 512))
        chance.choice(DAMAGES)(damaged, start, end, chance)
    return bytes(damaged)


def check_archive(data: bytes, _chance: Random) -> None:
    """Check that the archive is read, or each error has a message, with bounded memory."""
    tracemalloc.start()
    try:
        count = 0
        for found in read_data(data, "x", ReadOptions()):
            count += 1
            try:
                failure = found if isinstance(found, Failure) else None
                if not isinstance(found, Failure):
                    for rows in found.rows():
                        assert rows.columns
            except FailedInputError as error:
                failure = error.failure
            if failure:
                assert failure.message
                assert printable(failure.message) == failure.message, f"control characters in {failure.message!a}"
        assert count, "neither records nor an error"
        peak = tracemalloc.get_traced_memory()[1]
        assert peak < MAX_PEAK_BYTES, f"{peak >> 20} MiB"
    finally:
        tracemalloc.stop()
