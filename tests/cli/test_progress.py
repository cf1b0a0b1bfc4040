"""A progress bar on a terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from support.log_folder import make_logs


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return make_logs(tmp_path)


def test_a_progress_bar_appears_if_standard_error_is_a_terminal(logs: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "netstat_parse", str(logs)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=slave, env=os.environ | {"TERM": "xterm"}, check=True)
    os.close(slave)
    assert b"3/3" in os.read(master, 65536)
    assert len(ran.stdout.splitlines()) == 3
    os.close(master)
