"""What a dump does not need is not imported, and what is imported changes nothing of what is read."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from netstat_parse import NetstatParseError, to_json
from netstat_parse.reading import pipeline
from netstat_parse.systems import catalog
from support.samples import SAMPLES, asked, name

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
        ("windows/windows-10.en.ano.utf-8.txt", {"windows.connections"}),
    ],
)
def test_a_dump_in_english_imports_the_grammars_that_its_titles_name(sample: str, grammars: set[str]) -> None:
    found = imported(sample)
    assert {module for module in found if module.startswith((f"{OURS}linux.", f"{OURS}windows."))} == {
        OURS + grammar for grammar in grammars
    }
    assert not found & {"pydantic", "importlib.metadata", "multiprocessing", "tarfile"}


GRAMMARS = [grammar for system in catalog.systems() for grammar in catalog.grammars(system)]


@pytest.mark.parametrize("title", sorted({title for grammar in GRAMMARS for title in grammar.titles}))
def test_a_title_that_one_module_names_names_all_the_tables_below_it(title: str) -> None:
    named = {id(grammar) for _, grammar in catalog.naming(title) if title in grammar.titles}
    assert not named or named == {id(grammar) for grammar in GRAMMARS if title in grammar.titles}


@pytest.fixture
def fresh() -> Iterator[None]:
    """As in a process that has read nothing yet."""
    pipeline._tables.cache_clear()  # noqa: SLF001 - nobody else wants to forget it
    yield
    pipeline._tables.cache_clear()  # noqa: SLF001


def outcome(sample: Path) -> bytes | str:
    try:
        return to_json(sample.read_bytes(), **asked(sample))
    except NetstatParseError as error:
        return str(error)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_what_was_read_before_does_not_change_what_is_read(sample: Path) -> None:
    first = outcome(sample)
    _ = pipeline._tables(None).by_system  # noqa: SLF001
    assert outcome(sample) == first
