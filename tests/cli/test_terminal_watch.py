"""``watch -f table`` on a terminal."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from support.command_line import MAX_SECONDS
from support.emulator import Terminal, open_terminal
from support.fake_netstat import FAKE_COMMAND_LINE, all_exit, read_pids

ALTERNATE_SCREEN, NORMAL_SCREEN, CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
PEER = "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:1]"


@contextmanager
def watch(
    behaviour: str,
    pid_file: Path,
    *options: str,
    columns: int = 80,
    stdin: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """Watch a fake netstat in a terminal emulator."""
    arguments = ["watch", "0.2", "-f", "table", *options, "--netstat", FAKE_COMMAND_LINE, "--", behaviour]
    variables = {"FAKE_PID_FILE": str(pid_file), **(environment or {})}
    with open_terminal(arguments, columns=columns, stdin=stdin, environment=variables) as terminal:
        yield terminal


def end(terminal: Terminal, keys: str = "q") -> int:
    """Press keys that end the program, and return its exit status."""
    terminal.press(keys)
    terminal.read()
    return terminal.process.wait(MAX_SECONDS)


def is_restored(terminal: Terminal) -> bool:
    """Return whether the terminal is as it was: its normal screen, a visible cursor, and no mouse reports."""
    after = terminal.output.rpartition(ALTERNATE_SCREEN)[2]
    return NORMAL_SCREEN in after and CURSOR in after and b"\x1b[?1003l" in after


@pytest.mark.parametrize("columns", [40, 80, 132, 200])
def test_what_is_new_comes_first_and_the_last_row_is_reached_by_a_key(columns: int, tmp_path: Path) -> None:
    with watch("grow", tmp_path / "pids", columns=columns) as terminal:
        terminal.read("+ tcp")
        assert terminal.screen.display[2].startswith("+ tcp")
        assert "0.0.0.0:1059" not in "\n".join(terminal.screen.display)
        terminal.press("\x1b[F")
        terminal.read("0.0.0.0:1059")
        terminal.press("/2001:db8")
        terminal.read("/2001:db8:")
        terminal.press("\r" + "\x1b[C" * (2 if columns == 40 else 0))
        terminal.read(PEER[-12:])
        assert end(terminal) == 0
        assert is_restored(terminal)
    assert all_exit(tmp_path / "pids")


@pytest.mark.parametrize("stop", ["q", "\x03", signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=str)
def test_the_terminal_is_restored_and_netstat_is_ended(stop: str | signal.Signals, tmp_path: Path) -> None:
    with watch("hang-later", tmp_path / "pids") as terminal:
        before = terminal.attributes
        terminal.read("round 1 ")
        while len(read_pids(tmp_path / "pids")) < 2:
            time.sleep(0.02)
        if isinstance(stop, str):
            terminal.press(stop)
        else:
            os.kill(terminal.process.pid, stop)
        terminal.read()
        status = terminal.process.wait(MAX_SECONDS)
        assert is_restored(terminal)
        assert terminal.attributes == before
    assert status == (128 + stop if isinstance(stop, signal.Signals) and stop != signal.SIGINT else 0)
    assert all_exit(tmp_path / "pids")


def test_a_closed_terminal_ends_the_watch(tmp_path: Path) -> None:
    with watch("list", tmp_path / "pids") as terminal:
        terminal.read("round 2 ")
        terminal.hang_up()
        assert terminal.process.wait(MAX_SECONDS) in {128 + signal.SIGHUP, -signal.SIGHUP, 2}
    assert all_exit(tmp_path / "pids")


def test_a_round_that_fails_is_a_line_on_the_screen_and_is_printed_at_the_end(tmp_path: Path) -> None:
    with watch("fail-later", tmp_path / "pids") as terminal:
        terminal.read("something is wrong")
        assert "0.0.0.0:22" in "\n".join(terminal.screen.display)
        terminal.read("round 4 ")
        assert end(terminal) == 0
    after = terminal.output.rpartition(NORMAL_SCREEN)[2].decode()
    assert after.count("something is wrong") == 1
    assert "times)" in after
    assert "Traceback" not in after


def test_a_first_round_without_a_table_ends_the_watch_with_a_message(tmp_path: Path) -> None:
    with watch("only-errors", tmp_path / "pids") as terminal:
        terminal.read()
        assert terminal.process.wait(MAX_SECONDS) == 1
        assert is_restored(terminal)
    assert "something is wrong" in terminal.output.rpartition(NORMAL_SCREEN)[2].decode()


def test_the_last_of_a_number_of_rounds_stays_on_the_terminal(tmp_path: Path) -> None:
    with watch("list", tmp_path / "pids", "--count", "2") as terminal:
        terminal.read()
        assert terminal.process.wait(MAX_SECONDS) == 0
    assert len(read_pids(tmp_path / "pids")) == 2
    after = terminal.output.rpartition(NORMAL_SCREEN)[2].decode()
    assert after.count("0.0.0.0:22") == 1


@pytest.mark.parametrize(("options", "variables"), [(["--color", "never"], {}), ([], {"NO_COLOR": "1"})], ids=str)
def test_no_colours_are_written_where_none_are_wanted(
    options: Sequence[str], variables: dict[str, str], tmp_path: Path
) -> None:
    with watch("grow", tmp_path / "pids", *options, environment=variables) as terminal:
        terminal.read("+ tcp")
        cells = [cell for line in terminal.screen.buffer.values() for cell in line.values()]
        assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
        assert end(terminal) == 0


def test_changes_are_coloured(tmp_path: Path) -> None:
    with watch("grow", tmp_path / "pids") as terminal:
        terminal.read("+ tcp")
        assert terminal.colors_of("+ tcp") == {"green"}
        assert end(terminal) == 0


def test_chosen_tables_and_fields_are_the_screen(tmp_path: Path) -> None:
    choice = ["--only", "connections", "--where", "state=listen", "--fields", "kind,local_port"]
    with watch("grow", tmp_path / "pids", *choice) as terminal:
        terminal.read("round 3 ")
        assert terminal.screen.display[1].split() == ["kind", "local_port"]
        assert terminal.screen.display[2].split() == ["connection", "1000"]
        assert "ESTABLISHED" not in "\n".join(terminal.lines)
        assert end(terminal) == 0


def block_textual(folder: Path) -> dict[str, str]:
    """Return the environment of a Python that has no textual."""
    code = "import sys\nsys.modules['textual'] = None\n"
    (folder / "sitecustomize.py").write_text(code, "utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@pytest.mark.parametrize("columns", [40, 60, 80, 132, 200])
def test_without_textual_tables_are_refreshed(columns: int, tmp_path: Path) -> None:
    with watch("grow", tmp_path / "pids", columns=columns, environment=block_textual(tmp_path)) as terminal:
        terminal.read("round 3 ")
        lines = "\n".join(terminal.screen.display)
        assert "(not visible: " in " ".join(lines.split())
        assert re.search(r"^\+ tcp6 [^+]* \[2001:db8::1\]:443 ", lines, re.MULTILINE)
        assert PEER in lines
        assert "pip install textual" in lines
        assert "for scrolling, sorting and filtering" in " ".join(lines.split())
        assert ALTERNATE_SCREEN not in terminal.output
        assert end(terminal, "\x03") == 0
        assert terminal.output.endswith(CURSOR)


def test_without_a_keyboard_tables_are_refreshed(tmp_path: Path) -> None:
    with (tmp_path / "empty").open("w+b") as empty, watch("grow", tmp_path / "pids", stdin=empty.fileno()) as terminal:
        terminal.read("round 2 ")
        assert ALTERNATE_SCREEN not in terminal.output
        assert b"pip install" not in terminal.output


def test_a_dumb_terminal_gets_the_table_of_each_round(tmp_path: Path) -> None:
    with watch("list", tmp_path / "pids", "--count", "2", environment={"TERM": "dumb"}) as terminal:
        terminal.read()
        assert terminal.process.wait(MAX_SECONDS) == 0
    assert terminal.output.count(b"0.0.0.0:22") == 2
    assert b"\x1b" not in terminal.output
