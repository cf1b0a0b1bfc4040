"""The steps of CONTRIBUTING.md work: the language and the netstat that they add are parsed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.documents import FENCED, ROOT, copy_tree, find_code_blocks, needs_a_shell, run

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
WALKTHROUGHS = "Add a language", "Add a netstat"
GOLDENS = "tests/test_samples"
OTHERS = "(golden or every) and not yaml"
"""Tests of all samples: an addition must not change the records of others."""

pytestmark = needs_a_shell


def get_section(title: str) -> str:
    """Return the section with this title."""
    return CONTRIBUTING.split(f"\n## {title}\n")[1].split("\n## ")[0]


def find_files(title: str) -> dict[str, str]:
    """Return the files that the steps of a walkthrough create, by path."""
    written = {}
    for step in re.split(r"^\d\. ", get_section(title), flags=re.MULTILINE)[1:]:
        if FENCED.search(step):
            named = re.search(r"`((?:samples|grammars)/[\w./-]+)`", step)
            assert named, step
            written[named[1]] = find_code_blocks(step)[0].text
    return written


def find_golden_command(title: str) -> str:
    """Return the command of a walkthrough that writes the golden of its sample."""
    (found,) = re.findall(r"python -m pytest tests/[^\n`]+", get_section(title))
    return str(found)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the source tree and follow both walkthroughs in it."""
    place = copy_tree(tmp_path_factory.mktemp("walkthrough") / "tree")
    added = {path: text for title in WALKTHROUGHS for path, text in find_files(title).items()}
    for path, text in added.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, "utf-8")
    for title in WALKTHROUGHS:
        ran = run(find_golden_command(title), place, PYTEST_ADDOPTS="-q")
        assert (ran.returncode, ran.stdout.count("created:")) == (1, 1), ran.stdout
    return place


def load_golden(tree: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((tree / GOLDENS / f"{name}.yml").read_text("utf-8"))
    return found


def test_each_walkthrough_creates_its_files() -> None:
    assert [len(find_files(title)) for title in WALKTHROUGHS] == [2, 4]


def test_the_states_of_the_new_language_are_recognized(tree: Path) -> None:
    read = load_golden(tree, "windows/windows-11.eo.ano.utf-8")
    assert [snapshot["language"] for snapshot in read["snapshots"]] == ["eo"]
    assert [connection.get("state") for connection in read["connections"]] == ["listen", "established", None]
    assert "diagnostics" not in read


def test_the_rows_of_the_new_netstat_are_parsed(tree: Path) -> None:
    read = load_golden(tree, "minix/minix-4.g")
    assert [snapshot["system"] for snapshot in read["snapshots"]] == ["minix"]
    assert read["multicast_groups"] == [
        {"line": 3, "family": "ipv4", "interface": "lo", "ref_count": 1, "group": "224.0.0.1"},
        {"line": 4, "family": "ipv6", "interface": "eth0", "ref_count": 2, "group": "ff02::1"},
    ]


def test_the_goldens_in_the_text_are_written(tree: Path) -> None:
    named = set(re.findall(rf"`({GOLDENS}/[^`*]+)`", CONTRIBUTING))
    assert named
    assert all((tree / path).is_file() for path in named)


def test_the_goldens_of_all_other_samples_stay_the_same(tree: Path) -> None:
    commands = {find_golden_command(title).partition(" --force-regen")[0] for title in WALKTHROUGHS}
    assert len(commands) == 1
    ran = run(commands.pop(), tree, PYTEST_ADDOPTS=f"-q -k '{OTHERS}'")
    assert ran.returncode == 0, ran.stdout


def test_the_new_netstat_is_a_value_of_the_option_system(tree: Path) -> None:
    ran = run("netstat-parse --system minix samples/minix/minix-4.g.txt", tree)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_files_that_the_tables_name_exist() -> None:
    table = CONTRIBUTING.partition("## Where a change goes")[2].partition("\n## ")[0]
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|md))`", table)
    assert len(named) > 20
    assert [path for path in named if not ((ROOT / path).exists() or (ROOT / "netstat_parse" / path).exists())] == []
