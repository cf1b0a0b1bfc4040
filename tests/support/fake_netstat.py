"""Run the fake netstat, and check that its processes exit."""

import os
import subprocess
import sys
import time
from pathlib import Path

from support.command_line import MAX_SECONDS

FAKE_COMMAND = [sys.executable, "-I", "-S", str(Path(__file__).with_name("fakes") / "netstat.py")]
"""The command that runs the fake netstat; append the name of a behaviour."""

FAKE_COMMAND_LINE = " ".join(FAKE_COMMAND)
"""The same command as a value of ``--netstat``: no path in it contains blanks."""


def is_alive(pid: int) -> bool:
    """Return whether the process runs; a zombie that init has not reaped yet does not."""
    if sys.platform == "win32":  # os.kill would kill the process there
        command = ["tasklist", "/FI", f"PID eq {pid}"]
        found = subprocess.run(command, capture_output=True, check=False)
        return str(pid).encode() in found.stdout
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def read_pids(file: Path) -> list[int]:
    """Wait until the fake netstat has recorded its process ids, and return them."""
    deadline = time.monotonic() + MAX_SECONDS
    while not (file.exists() and file.read_text().endswith("\n")) and time.monotonic() < deadline:
        time.sleep(0.02)
    return [int(line) for line in file.read_text().split()]


def all_exit(file: Path) -> bool:
    """Return whether all recorded processes exit, before they would end by themselves after a minute."""
    deadline = time.monotonic() + 30
    while any(map(is_alive, read_pids(file))) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(map(is_alive, read_pids(file)))
