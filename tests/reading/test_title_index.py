"""English titles find our tables by data, and those of other distributions once all grammars are imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netstat_parse.reading import title_files, title_index
from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.reading.title_index import TitleIndex
from netstat_parse.systems import catalog

GRAMMARS = [grammar for system in catalog.systems() for grammar in load_grammars(system)]


@pytest.mark.parametrize("system", catalog.own_systems())
def test_the_file_of_titles_is_up_to_date(system: str) -> None:
    written = catalog.own_data(system, title_files.NAME)
    assert written is not None
    assert written.decode() == title_files.generate(system), "run python -m netstat_parse.reading.title_files"


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


def test_an_english_title_finds_tables_of_other_distributions(tmp_path: Path) -> None:
    (tmp_path / "router.py").write_text(ROUTER)
    info = tmp_path / "router-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[netstat_parse.grammars]\nrouter = router\n")
    command = [sys.executable, "-c", READ_ROUTER]
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"}
    assert subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout == "1000\n"


IMPORTED = "import sys, netstat_parse as np; np.to_json(open(sys.argv[1], 'rb')); print(*sys.modules)"
OWN_GRAMMARS = "netstat_parse.grammars."


def imported_modules(sample: str) -> set[str]:
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
    found = imported_modules(sample)
    assert {module for module in found if module.startswith((f"{OWN_GRAMMARS}linux.", f"{OWN_GRAMMARS}windows."))} == {
        OWN_GRAMMARS + grammar for grammar in grammars
    }
    assert not found & {"pydantic", "importlib.metadata", "multiprocessing", "tarfile"}


def test_a_title_that_its_module_has_no_more_is_no_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(title_index, "modules_by_title", lambda _: {"Former Title": ["sockets"]})
    assert TitleIndex("linux").own("Former Title") == []


def test_the_tables_of_a_title_are_looked_up_once() -> None:
    index = TitleIndex()
    assert index.own("Kernel Interface table") is index.own("Kernel Interface table")
