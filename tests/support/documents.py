"""Run the commands of README.md and CONTRIBUTING.md with a shell in a copy of the source tree."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]

FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
FILES_OF_TOOLS = shutil.ignore_patterns(
    ".git", ".venv", "venv", "build", "dist", ".*_cache", ".hypothesis", "__pycache__"
)

TIMEOUT_SECONDS = 600
"""Time limit of a command; some install all dependencies."""

TOOLS = {
    "python": "",
    "python3": "",
    "netstat-parse": " -m netstat_parse",
    "ansible-playbook": " -m ansible playbook",
}
"""Programs of a virtual environment, and the arguments with which Python runs each."""

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the commands are for POSIX shells")


class CodeBlock(NamedTuple):
    """A fenced code block."""

    language: str
    text: str


def find_code_blocks(document: str) -> list[CodeBlock]:
    """Return the fenced blocks of a document."""
    return [CodeBlock(found[2], dedent(found[3])) for found in FENCED.finditer(document)]


def copy_tree(place: Path) -> Path:
    """Copy all files that git does not ignore; without git, all files that no tool generates."""
    git = shutil.which("git")
    ran = (
        subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if git
        else None
    )
    names = ran.stdout.decode().split("\0")[:-1] if ran else []
    for name in names:
        if (ROOT / name).exists():  # it may be deleted and not committed yet
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    if not names:
        shutil.copytree(ROOT, place, ignore=FILES_OF_TOOLS, dirs_exist_ok=True)
    return place


def _make_tool_folder(place: Path) -> Path:
    """Create a folder with the programs that an activated virtual environment has."""
    tools = place.parent / f"{place.name}.tools"
    if not tools.exists():
        tools.mkdir()
        for tool, arguments in TOOLS.items():
            (tools / tool).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{arguments} "$@"\n')
            (tools / tool).chmod(0o755)
        (tools / "ansible.cfg").touch()
    return tools


def run(command: str, place: Path, *, merged: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in `place`, with the Python of the tests and the netstat_parse of `place`."""
    # With CI in the environment, pytest prints everything twice.
    dropped = ("PYTHON", "PYTEST", "CI", "ANSIBLE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    tools = _make_tool_folder(place)
    programs = Path(sys.executable).parent  # tools that were installed with the tests
    own = {
        "PATH": os.pathsep.join([str(tools), os.environ["PATH"], str(programs)]),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_CONFIG": str(tools / "ansible.cfg"),
        "ANSIBLE_HOME": str(tools),
        "ANSIBLE_REMOTE_TEMP": str(tools),
    }
    with subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=place,
        env=inherited | own | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as ran:
        try:
            stdout, stderr = ran.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(ran.pid, signal.SIGKILL)  # the shell and its child processes
            raise
    return subprocess.CompletedProcess(command, ran.returncode, stdout, stderr)
