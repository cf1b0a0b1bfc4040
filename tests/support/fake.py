"""The fake netstat, as tests run it."""

import os
import subprocess
import sys
import time
from pathlib import Path

FAKE = [sys.executable, "-I", "-S", str(Path(__file__).with_name("fakes") / "netstat.py")]
"""The command that runs it."""

QUOTED = " ".join(FAKE)
"""The same as one word of a command line: no path here has blanks."""


def is_alive(pid: int) -> bool:
    """Whether the process is there, and no zombie that waits for a lazy init."""
    if sys.platform == "win32":  # where os.kill does what it says
        listed = subprocess.run(["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, check=False)  # noqa: S607
        return str(pid).encode() in listed.stdout
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def pids(file: Path) -> list[int]:
    """The processes that the fake has noted, as soon as it has."""
    end = time.monotonic() + 20
    while not (file.exists() and file.read_text().endswith("\n")) and time.monotonic() < end:
        time.sleep(0.02)
    return [int(line) for line in file.read_text().split()]


def all_end(file: Path) -> bool:
    """Whether all of these processes end within a moment."""
    end = time.monotonic() + 5
    while any(map(is_alive, pids(file))) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(is_alive, pids(file)))
