"""What README.md and CONTRIBUTING.md ask their readers to do, done: in a copy of the tree, by a shell."""

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
LEFT_BY_TOOLS = shutil.ignore_patterns(
    ".git", ".venv", "venv", "build", "dist", ".*_cache", ".hypothesis", "__pycache__"
)

TIMEOUT = 600
"""Seconds that a command may take; to set it up means to fetch all dependencies."""

TOOLS = {
    "python": "",
    "python3": "",
    "netstat-parse": " -m netstat_parse",
    "ansible-playbook": " -m ansible playbook",
}
"""Programs of an environment, each with what Python runs as it."""

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="what is to be typed is for the shells of POSIX")


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a document, in their order."""
    return [Block(found[2], dedent(found[3])) for found in FENCED.finditer(document)]


def copy_of_the_tree(place: Path) -> Path:
    """All files that a clone has; without git, all that lie here but for what tools have left."""
    git = shutil.which("git")
    ran = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    names = ran.stdout.decode().split("\0")[:-1] if ran else []
    for name in names:
        if (ROOT / name).exists():  # it may have been removed since
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    if not names:
        shutil.copytree(ROOT, place, ignore=LEFT_BY_TOOLS, dirs_exist_ok=True)
    return place


def _tools(place: Path) -> Path:
    """A folder with the programs that an activated environment would have."""
    tools = place.parent / f"{place.name}.tools"
    if not tools.exists():
        tools.mkdir()
        for tool, arguments in TOOLS.items():
            (tools / tool).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{arguments} "$@"\n')
            (tools / tool).chmod(0o755)
        (tools / "ansible.cfg").touch()
    return tools


def run(command: str, place: Path, *, merged: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line there, with the Python that runs the tests and the netstat-parse that lies there."""
    # pytest says everything twice where CI is set.
    dropped = ("PYTHON", "PYTEST", "CI", "ANSIBLE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    tools = _tools(place)
    beside = Path(sys.executable).parent  # tools that were installed with those of the tests
    own = {
        "PATH": os.pathsep.join([str(tools), os.environ["PATH"], str(beside)]),
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
            printed, said = ran.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(ran.pid, signal.SIGKILL)  # all programs of the line, of which the shell is but one
            raise
    return subprocess.CompletedProcess(command, ran.returncode, printed, said)
