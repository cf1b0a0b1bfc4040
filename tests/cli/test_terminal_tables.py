"""Tables in a terminal emulator: goldens at several widths."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from support.emulator import show
from support.samples import ROOT

WIDTHS = (40, 80, 132, 200)

CASES = {
    "sockets": ["-q", "-f", "table", "samples/linux/net-tools-1.60.rhel-5.anepo.txt"],
    "interfaces": ["-q", "-f", "table", "samples/linux/net-tools-1.60.rhel-6.ia.txt"],
    "routes": ["-q", "-f", "table", "samples/linux/busybox-1.35.full.rnW.txt"],
    "log": ["-q", "-f", "table", "samples/linux/net-tools-2.10.log-hosts.txt"],
    "listeners": ["-q", "listeners", "samples/windows/windows-10.de.ano.cp850.txt"],
    "talkers": ["-q", "talkers", "samples/windows/windows-10.de.ano.cp850.txt"],
}
"""Commands by the name of their golden."""

MAX_LINES = 30
"""Number of lines of a golden for each width."""

RIGHT_TO_LEFT = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          {:<11} {}\n"


@pytest.mark.parametrize("case", CASES)
def test_tables_at_several_widths(case: str, file_regression: FileRegressionFixture) -> None:
    screens = []
    for width in WIDTHS:
        lines = show([str(ROOT / word) if "/" in word else word for word in CASES[case]], columns=width).lines
        screens.append("\n".join([f"== {width} columns", *lines[:MAX_LINES]]).rstrip())
    file_regression.check("\n\n".join([*screens, ""]), encoding="utf-8", newline="\n", extension=".txt")


def test_states_are_readable_on_a_light_and_a_dark_terminal(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text("".join(RIGHT_TO_LEFT.format(state, "1/a") for state in ("LISTEN", "ESTABLISHED", "CLOSE_WAIT")))
    terminal = show(["-f", "table", str(dump)])
    assert terminal.colors_of("listen") == {"green"}
    assert terminal.colors_of("established") == {"default"}
    assert terminal.colors_of("close_wait") == {"brown"}  # pyte's name of yellow
    used = {cell.fg for line in terminal.screen.buffer.values() for cell in line.values()}
    assert not used & {"black", "white"}


def test_wide_and_right_to_left_names_keep_the_columns(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    programs = ["1/日本語", "22/שלום", "333/a\u0301", "4444/مرحبا", "5/plain"]
    dump.write_text("".join(RIGHT_TO_LEFT.format("LISTEN", program) for program in programs), "utf-8")
    terminal = show(["-f", "table", str(dump)], columns=100)
    start = next(line.index("Program") for line in terminal.lines if "Program" in line)
    cells = [terminal.screen.buffer[row][start].data for row in range(2, 7)]
    assert cells == ["日", "ש", "\u00e1", "م", "p"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_notes_about_several_inputs_are_written_once_below_them(tmp_path: Path, jobs: str) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(RIGHT_TO_LEFT.format("LISTEN", "1/a"))
    lines = show(["-q", "-j", jobs, "-f", "table", str(tmp_path)], columns=50).lines
    assert [line for line in lines if line][-2:] == [
        "Columns that are not shown are in a file, in -f",
        "csv, or on a wider terminal.",
    ]
    assert sum("Columns that" in line for line in lines) == 1
    assert sum("Not shown at 50 columns:" in line for line in lines) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is in /proc")
def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    peaks = []
    for count in (20_000, 100_000):
        dump = tmp_path / f"{count}.txt"
        dump.write_text("".join(RIGHT_TO_LEFT.format("LISTEN", f"{number}/sshd") for number in range(count)))
        code = (
            "import re, sys; from pathlib import Path; from netstat_parse.cli import main; main(sys.argv[1:]);"
            "print(re.search(r'VmHWM:\\s+([0-9]+)', Path('/proc/self/status').read_text())[1])"
        )
        command = [sys.executable, "-c", code, "-f", "table", "-o", str(tmp_path / "table.txt"), str(dump)]
        peaks.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
        assert (tmp_path / "table.txt").read_bytes().count(b"\n") == count + 2
    assert peaks[1] - peaks[0] < 4096  # KiB
