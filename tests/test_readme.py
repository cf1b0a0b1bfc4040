"""Each command and recipe of README.md runs, and its output is the output in README.md."""

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
REQUIREMENTS = {
    r"(?:\||&&|;) jq\b": "jq --version",
    r"^netstat |^netstat-parse (?:run|watch) |\bnp\.(?:run|watch)\(": "netstat --version | grep net-tools",
    r"busybox netstat\"": "busybox netstat -n",
    r"\| mlr ": "mlr --version",
    r"\| duckdb ": "duckdb --version",
    r"\| sqlite-utils ": "sqlite-utils --version",
    r"(?:&&|;) sqlite3\b": "sqlite3 --version",
    r"^import ray$": "python -c 'import ray.data'",
    r"^from pyspark\b": "python -c 'import pyspark' && java -version",
    r"^ansible-playbook ": "ansible-playbook --version && netstat --version | grep net-tools",
}
"""Tools that recipes need: a pattern of the recipe, and a command that succeeds if the tools are installed."""


def get_code(language: str) -> list[str]:
    """Return the code blocks in a language."""
    return [block.text for block in BLOCKS if block.language == language]


COMMANDS = [line for text in get_code("sh") for line in text.splitlines()]
SET_UPS = [command for command in COMMANDS if command.startswith(SET_UP)]
BENCHMARKS = [command for command in COMMANDS if command.startswith("python tests/benchmark ")]
"""Commands that test_benchmark.py runs."""
SET_UP_OUTPUTS = [" listen +4492$", "^[0-9]+ tests collected"]
"""A pattern of the last output of each set-up command."""
OUTPUTS = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(get_code("console")), re.MULTILINE)
JSON_OUTPUTS = [
    (above.text.splitlines()[-1], block.text) for above, block in pairwise(BLOCKS) if block.language == "json"
]

pytestmark = needs_a_shell


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the source tree and create the files that the recipes read."""
    place = copy_tree(tmp_path_factory.mktemp("readme") / "tree")
    linux = (place / "samples/linux/net-tools-git-2026.tulpn.txt").read_bytes()
    windows = (place / "samples/windows/windows-10.ru.ano.cp866.txt").read_bytes()
    (place / "dump.txt").write_bytes(linux)
    (place / "huge.log").write_bytes(linux * 20)
    (place / "host-7.txt").write_bytes((place / "samples/windows/windows-10.de.ano.cp850.txt").read_bytes())
    (place / "listeners.yml").write_text("".join(get_code("yaml")), "utf-8")
    (place / "ansible_collections/netstat").mkdir(parents=True)
    (place / "ansible_collections/netstat/parse").symlink_to(place / "netstat_parse/ansible")  # as the wheel has it
    (place / "customer.log").write_bytes(b"Dear support,\r\n\r\n" + windows + b"  TCP    10.0.0.1:22\r\n")
    before, after = (place / f"samples/linux/net-tools-git-2026.{name}.txt" for name in ("s", "de.s"))
    shutil.copy(before, place / "before.txt")
    shutil.copy(after, place / "after.txt")
    (place / "interval.log").write_bytes(before.read_bytes() + after.read_bytes())
    (place / "rules.toml").write_text("".join(get_code("toml")), "utf-8")
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


def skip_without_tools(recipe: str, place: Path) -> None:
    for pattern, command in REQUIREMENTS.items():
        if re.search(pattern, recipe, re.MULTILINE) and run(command, place).returncode:
            pytest.skip(f"a tool is missing: {command}")


def run_or_skip(command: str, place: Path, *, merged: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command, or skip the test if its tools are missing."""
    skip_without_tools(command, place)
    return run(command, place, merged=merged)


@pytest.mark.usefixtures("_connection")
@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in SET_UPS + BENCHMARKS])
def test_a_command_succeeds_and_has_output(command: str, tree: Path) -> None:
    ran = run_or_skip(command, tree)
    file = re.search(r" > ?([\w.]+)", command)
    printed = (tree / file[1]).read_text() if file else ran.stdout
    assert (ran.returncode, bool(printed)) == (0, True), ran.stderr


@pytest.mark.parametrize(("command", "output"), OUTPUTS)
def test_a_command_prints_the_output_below_it(command: str, output: str, tree: Path) -> None:
    assert run_or_skip(command, tree, merged=True).stdout == output


@pytest.mark.parametrize(("command", "output"), JSON_OUTPUTS)
def test_a_command_prints_the_json_below_it(command: str, output: str, tree: Path) -> None:
    assert run_or_skip(command, tree).stdout == output


@pytest.mark.parametrize("code", get_code("python"))
def test_python_code_succeeds_and_has_output(code: str, tree: Path) -> None:
    skip_without_tools(code, tree)
    if "'out/" in code and not (tree / "out").exists():  # made by a command above it, maybe in another worker
        run(next(command for command in COMMANDS if " -o out/ " in command), tree)
    (tree / "recipe.py").write_text(code, "utf-8")
    ran = run("python recipe.py", tree)
    prints_warnings = "import ray" in code or "pyspark" in code
    assert (ran.returncode, bool(ran.stdout), "" if prints_warnings else ran.stderr) == (0, True, "")


@pytest.fixture(scope="session")
def _index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip tests that install packages if no package index can be reached."""
    place = tmp_path_factory.mktemp("index")
    download = "python3 -m pip download --quiet --no-cache-dir --retries 0 --timeout 5 --no-deps --dest . hatchling"
    ran = run(download, place)
    if ran.returncode:
        pytest.skip(f"no package index can be reached: {ran.stderr.strip().rpartition(chr(10))[2]}")


@pytest.mark.usefixtures("_index")
@pytest.mark.parametrize(
    ("command", "output"), list(zip(SET_UPS, SET_UP_OUTPUTS, strict=True)), ids=["to use", "to develop"]
)
def test_a_set_up_command_succeeds_in_a_fresh_copy(command: str, output: str, tmp_path: Path) -> None:
    # Compiling all modules, most of which are not imported, would take longer than the rest.
    ran = run(command, copy_tree(tmp_path / "tree"), PYTEST_ADDOPTS="--collect-only -q", PIP_COMPILE="0")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(output, ran.stdout, re.MULTILINE)


def test_each_code_block_is_in_a_tested_language() -> None:
    assert {block.language for block in BLOCKS} == {"sh", "console", "json", "python", "toml", "yaml"}


def get_section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_section_on_the_schema_names_each_table() -> None:
    assert re.findall(r"`(\w+s)`", get_section("The schema").split(";")[0]) == list(TABLES)


def test_each_function_in_the_recipes_is_public() -> None:
    names = re.findall(r"^\| `(\w+)", get_section("Recipes"), re.MULTILINE)
    assert set(names) <= set(netstat_parse.__all__)


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_each_language_in_the_readme_has_a_vocabulary(system: str) -> None:
    (row,) = re.findall(rf"^\| on {system} \|(.*)\|$", get_section("What is covered"), re.MULTILINE)
    tags = " ".join(re.findall("`([^`]+)`", row)).split()
    assert tags
    assert set(tags) <= vocabularies.vocabularies(system.lower()).keys()
