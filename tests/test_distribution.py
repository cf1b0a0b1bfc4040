"""The grammars of the distribution in CONTRIBUTING.md are used when it is installed as described there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.documents import FENCED, ROOT, find_code_blocks

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
WALKTHROUGH = CONTRIBUTING.split("\n## Publish a netstat of your own\n")[1].split("\n## ")[0]


def find_files() -> dict[str, str]:
    """Return the files that the steps of the walkthrough create, by path."""
    steps = [step for step in re.split(r"^\d\. ", WALKTHROUGH, flags=re.MULTILINE)[1:] if FENCED.search(step)]
    return {re.findall(r"`([\w./-]+)`", step)[0]: find_code_blocks(step)[0].text for step in steps}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the distribution and install it without a network into a new folder."""
    place = tmp_path_factory.mktemp("distribution")
    for name, text in find_files().items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    install = ["install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps", "--target", "installed"]
    command = [sys.executable, "-m", "pip", *install, "./netstat-of-bsd"]
    ran = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return place


def run_netstat_parse(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(place / "installed")}
    command = [sys.executable, "-m", "netstat_parse", *arguments]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module", params=[(), ("--system", "bsd")], ids=["of all systems", "alone"])
def read(request: pytest.FixtureRequest, place: Path) -> dict[str, Any]:
    """Return the document of the example."""
    ran = run_netstat_parse(place, "--strict", *request.param, "macos-14.an.txt")
    assert (ran.returncode, ran.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_the_snapshot_has_the_new_system(read: dict[str, Any]) -> None:
    assert [snapshot["system"] for snapshot in read["snapshots"]] == ["bsd"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("protocol", ["tcp", "tcp", "tcp", "udp"]),
        ("family", ["ipv4", "ipv6", "ipv6", "ipv4"]),
        ("local_address", ["192.0.2.7", None, "fe80::1", None]),
        ("local_port", [52714, 22, 52715, 5353]),
        ("remote_address", ["198.51.100.20", None, "fe80::2", None]),
        ("remote_port", [443, None, 443, None]),
        ("state", ["established", "listen", "time_wait", None]),
    ],
)
def test_each_row_has_its_field(read: dict[str, Any], field: str, values: list[object]) -> None:
    assert [connection[field] for connection in read["connections"]] == values


@pytest.mark.parametrize(
    ("name", "system"), [("linux/net-tools-git-2026.tulpn", "linux"), ("windows/windows-10.ru.ano.cp866", "windows")]
)
def test_other_systems_are_still_recognized(place: Path, name: str, system: str) -> None:
    sample = str(ROOT / "samples" / f"{name}.txt")
    ran = run_netstat_parse(place, sample)
    assert {snapshot["system"] for snapshot in json.loads(ran.stdout)["snapshots"]} == {system}


def test_without_the_distribution_the_example_has_unparsed_lines(tmp_path: Path, place: Path) -> None:
    assert run_netstat_parse(tmp_path, "--strict", str(place / "macos-14.an.txt")).returncode == 1
