"""What a dump does not need is not imported, and what is imported changes nothing of what is read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from netstat_parse import NetstatParseError, to_json
from netstat_parse.reading import pipeline, title_files
from netstat_parse.reading.grammars import grammars
from netstat_parse.reading.title_index import TitleIndex
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
        ("linux/net-tools-git-2026.tulpn.txt", {"linux.facts", "linux.sockets"}),
        ("windows/windows-10.en.ano.utf-8.txt", {"windows.connections"}),
    ],
)
def test_a_dump_in_english_imports_the_grammars_that_its_titles_name(sample: str, grammars: set[str]) -> None:
    found = imported(sample)
    assert {module for module in found if module.startswith((f"{OURS}linux.", f"{OURS}windows."))} == {
        OURS + grammar for grammar in grammars
    }
    assert not found & {"pydantic", "importlib.metadata", "multiprocessing", "tarfile"}


GRAMMARS = [grammar for system in catalog.systems() for grammar in grammars(system)]


@pytest.mark.parametrize("system", catalog.own_systems())
def test_the_file_of_titles_is_up_to_date(system: str) -> None:
    written = catalog.own_data(system, title_files.NAME)
    assert written is not None
    assert written.decode() == title_files.generate(system)


@pytest.mark.parametrize("title", sorted({title for grammar in GRAMMARS for title in grammar.titles}))
def test_a_title_finds_all_tables_that_have_it(title: str) -> None:
    found = [grammar for match in TitleIndex().own(title) for grammar in match.tables]
    assert found == [grammar for grammar in GRAMMARS if title in grammar.titles]


def test_titles_of_one_system_are_not_those_of_another() -> None:
    assert TitleIndex("linux").own("Active Connections") == []


ROUTER = """
from netstat_parse.grammar import Table
from netstat_parse.tokens import integer, word

PORTS = Table(
    name="ports",
    kind="routes",
    titles=["Active Connections"],
    columns={"Port": word("interface"), "Speed": integer("metric")},
    by_shape=False,
)
"""

READ_ROUTER = """
import netstat_parse as np

print(np.parse("Active Connections\\n\\neth1  1000\\n").routes[0].metric)
"""


def test_a_title_of_ours_finds_tables_of_other_distributions_too(tmp_path: Path) -> None:
    (tmp_path / "router.py").write_text(ROUTER)
    info = tmp_path / "router-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[netstat_parse.grammars]\nrouter = router\n")
    command = [sys.executable, "-c", READ_ROUTER]
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"}
    assert subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout == "1000\n"


@pytest.fixture
def fresh() -> Iterator[None]:
    """As in a process that has read nothing yet."""
    pipeline._recognizer.cache_clear()  # noqa: SLF001 - nobody else wants to forget it
    yield
    pipeline._recognizer.cache_clear()  # noqa: SLF001


def outcome(sample: Path) -> bytes | str:
    try:
        return to_json(sample.read_bytes(), **asked(sample))
    except NetstatParseError as error:
        return str(error)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_what_was_read_before_does_not_change_what_is_read(sample: Path) -> None:
    first = outcome(sample)
    _ = pipeline._recognizer(None).index.by_system  # noqa: SLF001
    assert outcome(sample) == first


COMMENTED = """\
Some text above.
# Active Internet connections (only servers)
# Proto Recv-Q Send-Q Local Address           Foreign Address         State
# tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN
"""


@pytest.mark.usefixtures("fresh")
def test_a_line_after_a_prompt_is_a_command_whatever_was_read_before() -> None:
    first = to_json(COMMENTED)
    _ = pipeline._recognizer(None).index.by_system  # noqa: SLF001
    assert to_json(COMMENTED) == first


def test_read_gives_the_rows_of_an_input() -> None:
    assert [rows.kind for rows in pipeline.read(COMMENTED)] == ["connections", "snapshots"]
