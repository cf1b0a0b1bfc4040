"""The samples, and what the name of each says: who printed it, in which language and encoding."""

import re
from functools import cache
from pathlib import Path

import pytest

from netstat_parse import NetstatParseError, parse
from netstat_parse.schema import Dump

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))
ENCODING = re.compile(r"(?:cp\d|euc_|iso8859|utf-)[\w-]+$")
LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[A-Z]{2})?|x-invented)\.")


def name(sample: Path) -> str:
    return f"{sample.parent.name}/{sample.stem}"


def encoding(sample: Path) -> str:
    """What the sample is encoded in, as its name says; on Linux the name says it where it is not UTF-8."""
    found = ENCODING.search(sample.stem)
    return found[0] if found else "utf-8"


def language(sample: Path) -> str | None:
    """The language of a sample, as its name says; on Linux the name says it where it is not English."""
    found = LANGUAGE.search(sample.stem)
    if found is None:
        return "en"
    return None if found[1] == "x-invented" else found[1]


def asked(sample: Path) -> dict[str, str]:
    """The encoding where nothing in the sample can tell it: made-up words in a code page."""
    is_untold = "x-invented" in sample.stem and not encoding(sample).startswith("utf-")
    return {"encoding": encoding(sample)} if is_untold else {}


@cache
def read(sample: Path) -> Dump | NetstatParseError:
    try:
        return parse(sample.read_bytes(), **asked(sample))
    except NetstatParseError as error:
        return error


def dump(sample: Path) -> Dump:
    found = read(sample)
    if isinstance(found, NetstatParseError):
        pytest.skip("there is no table in it")
    return found
