"""Each command and recipe of README.md runs, and prints what README.md shows."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import netstat_parse
from netstat_parse.schema import TABLES
from netstat_parse.systems import vocabularies
from support.documents import ROOT, copy_tree, find_code_blocks, needs_a_shell, run

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = find_code_blocks(README)
SET_UP = "python3 -m venv "
NEEDED = {
    r"(?:\||&&) jq\b": "jq --version",
    r"^netstat |^netstat-parse (?:run|watch) |\bnp\.(?:run|watch)\(": "netstat --version | grep net-tools",
    r"busybox netstat\"": "busybox netstat -n",
    r"\| mlr ": "mlr --version",
    r"\| duckdb ": "duckdb --version",
    r"\| sqlite-utils ": "sqlite-utils --version",
    r"&& sqlite3\b": "sqlite3 --version",
    r"^import ray$": "python -c 'import ray.data'",
    r"^from pyspark\b": "python -c 'import pyspark' && java -version",
    r"^ansible-playbook ": "ansible-playbook --version && netstat --version | grep net-tools",
}
"""Tools that a recipe needs, each with a command that succeeds where it is installed."""


def of(language: str) -> list[str]:
    return [block.text for block in BLOCKS if block.language == language]


COMMANDS = [line for text in of("sh") for line in text.splitlines()]
SET_UPS = [command for command in COMMANDS if command.startswith(SET_UP)]
BENCHMARKS = [command for command in COMMANDS if command.startswith("python tests/benchmark ")]
"""Run by test_benchmark.py."""
ENDS = ["│ listen +│ 4492 +│", "^[0-9]+ tests collected"]
"""The end of the output of each set-up command."""
SHOWN = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(of("console")), re.MULTILINE)
SHOWN_AS_JSON = [
    (above.text.splitlines()[-1], block.text) for above, block in pairwise(BLOCKS) if block.language == "json"
]

pytestmark = needs_a_shell


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree, and add the files that the recipes read."""
    place = copy_tree(tmp_path_factory.mktemp("readme") / "tree")
    linux = (place / "samples/linux/net-tools-git-2026.tulpn.txt").read_bytes()
    windows = (place / "samples/windows/windows-10.ru.ano.cp866.txt").read_bytes()
    (place / "dump.txt").write_bytes(linux)
    (place / "huge.log").write_bytes(linux * 20)
    (place / "host-7.txt").write_bytes((place / "samples/windows/windows-10.de.ano.cp850.txt").read_bytes())
    (place / "listeners.yml").write_text("".join(of("yaml")), "utf-8")
    (place / "ansible_collections/netstat").mkdir(parents=True)
    (place / "ansible_collections/netstat/parse").symlink_to(place / "netstat_parse/ansible")  # as the wheel has it
    (place / "customer.log").write_bytes(b"Dear support,\r\n\r\n" + windows + b"  TCP    10.0.0.1:22\r\n")
    for name in ("dumps", "old", "bundle"):
        (place / name).mkdir()
        shutil.copy(place / "dump.txt", place / name)
        shutil.copy(place / "host-7.txt", place / name)
    shutil.make_archive(str(place / "old/dumps"), "zip", place / "dumps")
    shutil.make_archive(str(place / "bundle"), "gztar", place / "bundle")
    return place


@pytest.fixture
def _connection() -> Iterator[None]:
    """Open a socket for netstat to list."""
    with socket.create_server(("127.0.0.1", 0)):
        yield


def skip_without_its_tools(recipe: str, place: Path) -> None:
    for pattern, command in NEEDED.items():
        if re.search(pattern, recipe, re.MULTILINE) and run(command, place).returncode:
            pytest.skip(f"it needs what is not here: {command}")


def do(command: str, place: Path, *, merged: bool = False) -> subprocess.CompletedProcess[str]:
    skip_without_its_tools(command, place)
    return run(command, place, merged=merged)


@pytest.mark.usefixtures("_connection")
@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in SET_UPS + BENCHMARKS])
def test_a_command_runs_and_prints_something(command: str, tree: Path) -> None:
    ran = do(command, tree)
    file = re.search(r" > ?([\w.]+)", command)
    printed = (tree / file[1]).read_text() if file else ran.stdout
    assert (ran.returncode, bool(printed)) == (0, True), ran.stderr


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_a_command_prints_what_is_shown_below_it(command: str, shown: str, tree: Path) -> None:
    assert do(command, tree, merged=True).stdout == shown


@pytest.mark.parametrize(("command", "shown"), SHOWN_AS_JSON)
def test_a_command_prints_the_json_below_it(command: str, shown: str, tree: Path) -> None:
    assert do(command, tree).stdout == shown


@pytest.mark.parametrize("code", of("python"))
def test_the_python_runs_and_prints_something(code: str, tree: Path) -> None:
    skip_without_its_tools(code, tree)
    (tree / "recipe.py").write_text(code, "utf-8")
    ran = run("python recipe.py", tree)
    is_loud = "import ray" in code or "pyspark" in code
    assert (ran.returncode, bool(ran.stdout), "" if is_loud else ran.stderr) == (0, True, "")


@pytest.fixture(scope="session")
def _index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip tests that install packages where no index can be reached."""
    place = tmp_path_factory.mktemp("index")
    download = "python3 -m pip download --quiet --no-cache-dir --retries 0 --timeout 5 --no-deps --dest . hatchling"
    ran = run(download, place)
    if ran.returncode:
        pytest.skip(f"no package index can be reached: {ran.stderr.strip().rpartition(chr(10))[2]}")


@pytest.mark.usefixtures("_index")
@pytest.mark.parametrize(("command", "end"), list(zip(SET_UPS, ENDS, strict=True)), ids=["to use", "to develop"])
def test_a_set_up_command_does_it_all_in_a_fresh_copy(command: str, end: str, tmp_path: Path) -> None:
    ran = run(command, copy_tree(tmp_path / "tree"), PYTEST_ADDOPTS="--collect-only -q")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(end, ran.stdout, re.MULTILINE)


def test_every_block_is_run_or_compared() -> None:
    assert {block.language for block in BLOCKS} == {"sh", "console", "json", "python", "yaml"}


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_tables_of_the_schema_are_all_named() -> None:
    assert re.findall(r"`(\w+s)`", section("The schema").split(";")[0]) == list(TABLES)


def test_the_functions_in_it_are_there() -> None:
    names = re.findall(r"^\| `(\w+)", section("Recipes"), re.MULTILINE)
    assert set(names) <= set(netstat_parse.__all__)


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_a_language_that_is_named_has_a_vocabulary(system: str) -> None:
    (row,) = re.findall(rf"^\| on {system} \|(.*)\|$", section("What is covered"), re.MULTILINE)
    tags = " ".join(re.findall("`([^`]+)`", row)).split()
    assert tags
    assert set(tags) <= vocabularies.vocabularies(system.lower()).keys()
