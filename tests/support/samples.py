"""List the samples, read the encoding and language in their names, and parse them."""

import re
from functools import cache
from pathlib import Path

from netstat_parse import Dump, NetstatParseError, parse

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))
GOLDENS = ROOT / "tests" / "test_samples"

ENCODING = re.compile(r"(?:cp\d|euc_|iso8859|utf-)[\w-]+$")
LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[A-Z]{2})?|x-invented)\.")
FEATURE = re.compile(r"[{ ]((?:family|protocol): \w+|\w+(?=: ))")
"""The name of a field in a golden; for family and protocol with the value."""


def sample_id(sample: Path) -> str:
    """Return the test id of a sample, such as ``linux/busybox-1.35.an``."""
    return f"{sample.parent.name}/{sample.stem}"


def get_encoding(sample: Path) -> str:
    """Return the encoding in the name of a sample; Linux samples name it only if it is not UTF-8."""
    found = ENCODING.search(sample.stem)
    return found[0] if found else "utf-8"


def get_language(sample: Path) -> str | None:
    """Return the language in the name of a sample; Linux samples name it only if it is not English."""
    found = LANGUAGE.search(sample.stem)
    if found is None:
        return "en"
    return None if found[1] == "x-invented" else found[1]


def parse_options(sample: Path) -> dict[str, str]:
    """Return the options for parsing a sample: the encoding, if invented words make it undetectable."""
    is_undetectable = "x-invented" in sample.stem and not get_encoding(sample).startswith("utf-")
    return {"encoding": get_encoding(sample)} if is_undetectable else {}


@cache
def parse_sample(sample: Path) -> Dump | NetstatParseError:
    """Parse a sample once in each test process."""
    try:
        return parse(sample.read_bytes(), **parse_options(sample))
    except NetstatParseError as error:
        return error


def find_features(sample: Path) -> set[tuple[str, ...]]:
    """Return the fields, families and protocols in the golden of a sample, and its set of tables, each with the system."""
    golden = GOLDENS / sample.parent.name / f"{sample.stem}.yml"
    text = golden.read_text("utf-8") if golden.exists() else ""
    tables = re.findall(r"^(\w+):\n((?:- .*\n)*)", text, re.MULTILINE)
    found = {(table, feature) for table, records in tables for feature in FEATURE.findall(records)}
    if tables:
        found.add(tuple(table for table, _ in tables))
    return {(sample.parent.name, *feature) for feature in found}


def choose_representatives() -> list[Path]:
    """Choose a small set of samples that together have every feature of any sample."""
    found = {sample: find_features(sample) for sample in SAMPLES}
    missing = set[tuple[str, ...]]().union(*found.values())
    chosen = []
    while missing:
        best = max(SAMPLES, key=lambda sample: (len(found[sample] & missing), -sample.stat().st_size))
        chosen.append(best)
        missing -= found[best]
    return sorted(chosen)
