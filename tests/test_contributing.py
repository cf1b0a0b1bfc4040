"""The steps of CONTRIBUTING.md work: the language and the netstat that they add are read."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.documents import FENCED, ROOT, copy_tree, find_code_blocks, needs_a_shell, run

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
WALKS = "Add a language", "Add a netstat"
GOLDENS = "tests/test_samples"
OTHERS = "(golden or every) and not yaml"
"""Tests of all samples: an addition must not change how the others are read."""

pytestmark = needs_a_shell


def walk(title: str) -> str:
    return CONTRIBUTING.split(f"\n## {title}\n")[1].split("\n## ")[0]


def files(title: str) -> dict[str, str]:
    """Return the files that the steps of a walk write, by path."""
    written = {}
    for step in re.split(r"^\d\. ", walk(title), flags=re.MULTILINE)[1:]:
        if FENCED.search(step):
            named = re.search(r"`((?:samples|grammars)/[\w./-]+)`", step)
            assert named, step
            written[named[1]] = find_code_blocks(step)[0].text
    return written


def index_command() -> str:
    """Return the command of the walk that generates the index of titles."""
    (found,) = re.findall(r"python -m netstat_parse\.\S+", walk("Add a netstat"))
    return str(found)


def command() -> str:
    """Return the command that writes the goldens, which is the same in each walk."""
    found = [line for title in WALKS for line in re.findall(r"python -m pytest tests/[^\n`]+", walk(title))]
    assert len(set(found)) == 1
    return str(found[0])


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree and follow both walks in it."""
    place = copy_tree(tmp_path_factory.mktemp("walk") / "tree")
    added = {path: text for title in WALKS for path, text in files(title).items()}
    for path, text in added.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, "utf-8")
    indexed = run(index_command(), place)
    assert indexed.returncode == 0, indexed.stderr
    samples = [Path(path).stem for path in added if path.startswith("samples/")]
    ran = run(command(), place, PYTEST_ADDOPTS=f"-q -k '{' or '.join(samples)}'")
    assert (ran.returncode, ran.stdout.count("created:")) == (1, len(samples)), ran.stdout
    return place


def golden(tree: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((tree / GOLDENS / f"{name}.yml").read_text("utf-8"))
    return found


def test_each_walk_writes_its_files() -> None:
    assert [len(files(title)) for title in WALKS] == [2, 4]


def test_the_states_of_the_new_language_are_read(tree: Path) -> None:
    read = golden(tree, "windows/windows-11.eo.ano.utf-8")
    assert [snapshot["language"] for snapshot in read["snapshots"]] == ["eo"]
    assert [connection.get("state") for connection in read["connections"]] == ["listen", "established", None]
    assert "diagnostics" not in read


def test_the_records_of_the_new_netstat_are_read(tree: Path) -> None:
    read = golden(tree, "minix/minix-4.g")
    assert [snapshot["system"] for snapshot in read["snapshots"]] == ["minix"]
    assert read["multicast_groups"] == [
        {"line": 3, "family": "ipv4", "interface": "lo", "ref_count": 1, "group": "224.0.0.1"},
        {"line": 4, "family": "ipv6", "interface": "eth0", "ref_count": 2, "group": "ff02::1"},
    ]


def test_the_index_of_titles_has_the_new_table(tree: Path) -> None:
    assert json.loads((tree / "grammars/minix/titles.json").read_text("utf-8")) == {"Group Memberships": ["groups"]}


def test_the_indexes_of_other_systems_are_unchanged(tree: Path) -> None:
    for path in ROOT.glob("grammars/*/titles.json"):
        assert (tree / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_the_goldens_that_it_names_are_written(tree: Path) -> None:
    named = set(re.findall(rf"`({GOLDENS}/[^`*]+)`", CONTRIBUTING))
    assert named
    assert all((tree / path).is_file() for path in named)


def test_the_next_run_passes_and_reads_all_other_samples_as_before(tree: Path) -> None:
    ran = run(command().removesuffix(" --force-regen"), tree, PYTEST_ADDOPTS=f"-q -k '{OTHERS}'")
    assert ran.returncode == 0, ran.stdout


def test_the_new_netstat_can_be_asked_for(tree: Path) -> None:
    ran = run("netstat-parse --system minix samples/minix/minix-4.g.txt", tree)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_files_that_the_tables_name_exist() -> None:
    table = CONTRIBUTING.partition("## Where a change goes")[2].partition("\n## ")[0]
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|md))`", table)
    assert len(named) > 20
    assert [path for path in named if not ((ROOT / path).exists() or (ROOT / "netstat_parse" / path).exists())] == []
