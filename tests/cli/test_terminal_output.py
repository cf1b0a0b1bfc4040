"""The command line on a terminal."""

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from support.emulator import show

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED\n"


@pytest.mark.parametrize("columns", [80, 132, 200])
def test_no_address_is_broken_on_a_terminal(tmp_path: Path, columns: int) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text(ROW)
    terminal = show(["-f", "table", str(dump)], columns=columns)
    assert terminal.process.returncode == 0
    assert any("10.0.0.1:22" in line for line in terminal.lines)
    assert any("10.0.0.2:50000" in line for line in terminal.lines)
