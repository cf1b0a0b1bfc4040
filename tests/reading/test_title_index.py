"""English titles find our tables, and those of other distributions once their grammars are imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.reading.title_index import TitleIndex
from netstat_parse.systems import catalog

GRAMMARS = [grammar for system in catalog.systems() for grammar in load_grammars(system)]


@pytest.mark.parametrize("title", sorted({title for grammar in GRAMMARS for title in grammar.titles}))
def test_a_title_finds_all_tables_that_have_it(title: str) -> None:
    found = [grammar for match in TitleIndex().own(title) for grammar in match.tables]
    assert found == [grammar for grammar in GRAMMARS if title in grammar.titles]


def test_titles_of_one_system_are_not_those_of_another() -> None:
    assert TitleIndex("linux").own("Active Connections") == ()


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


def test_the_tables_of_a_title_are_looked_up_once() -> None:
    index = TitleIndex()
    assert index.own("Kernel Interface table") is index.own("Kernel Interface table")
