"""Start-up imports only what a dump needs, and imports do not change the result."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from netstat_parse import NetstatParseError, to_json
from netstat_parse.reading import pipeline
from support.samples import SAMPLES, parse_options, sample_id

IMPORTED = "import sys, netstat_parse as np; np.to_json(open(sys.argv[1], 'rb')); print(*sys.modules)"
OURS = "netstat_parse.grammars."


def imported(sample: str) -> set[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", IMPORTED, str(root / "samples" / sample)]
    return set(subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize(
    ("sample", "grammars"),
    [
        ("linux/net-tools-git-2026.tulpn.txt", {"linux.socket_builds", "linux.socket_facts", "linux.sockets"}),
        ("windows/windows-10.en.ano.utf-8.txt", {"windows.connections", "windows.program"}),
    ],
)
def test_a_dump_in_english_imports_the_grammars_that_its_titles_name(sample: str, grammars: set[str]) -> None:
    found = imported(sample)
    assert {module for module in found if module.startswith((f"{OURS}linux.", f"{OURS}windows."))} == {
        OURS + grammar for grammar in grammars
    }
    assert not found & {"pydantic", "importlib.metadata", "multiprocessing", "tarfile"}


def forget_tables() -> None:
    """Do as a process that has read nothing yet."""
    pipeline._recognizer.cache_clear()  # noqa: SLF001 - nobody else wants to forget it


@pytest.fixture
def _fresh() -> Iterator[None]:
    yield
    forget_tables()


def outcome(sample: Path) -> bytes | str:
    try:
        return to_json(sample.read_bytes(), **parse_options(sample))
    except NetstatParseError as error:
        return str(error)


@pytest.mark.usefixtures("_fresh")
def test_what_was_read_before_does_not_change_what_is_read() -> None:
    first = {}
    for sample in SAMPLES:
        forget_tables()
        first[sample] = outcome(sample)
    _ = pipeline._recognizer(None).index.by_system  # noqa: SLF001
    assert [sample_id(sample) for sample in SAMPLES if outcome(sample) != first[sample]] == []
