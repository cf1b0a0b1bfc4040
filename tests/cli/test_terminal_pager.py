"""The pager of standard output on a terminal."""

import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip(
        "Windows has no pseudo-terminal of this kind, and netstat-parse no pager there", allow_module_level=True
    )

from support.command_line import CUT, LISTING
from support.emulator import Terminal, open_terminal
from support.fake_netstat import FAKE_COMMAND_LINE

needs_less = pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")

MARK = "sed s/^/paged:/"
"""A pager that marks each line."""

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:{port}          ESTABLISHED\n"
MANY_ROWS = "".join(ROW.format(port=port) for port in range(50_000, 53_000))


@pytest.fixture
def dump(tmp_path: Path) -> str:
    path = tmp_path / "dump.txt"
    path.write_text(LISTING)
    return str(path)


@pytest.fixture
def long_dump(tmp_path: Path) -> str:
    path = tmp_path / "long.txt"
    path.write_text(MANY_ROWS)
    return str(path)


def page(
    arguments: Sequence[str],
    pager: str | None,
    *,
    keys: Sequence[tuple[str, str]] = (),
    columns: int = 80,
    **environment: str,
) -> Terminal:
    """Run the command line with a pager; None for the default one.

    Args:
        arguments: the arguments of the command line.
        pager: the value of PAGER.
        keys: keys to press, each after a text that must be on the screen before.
        columns: width of the terminal.
        environment: further variables.
    """
    variables: Mapping[str, str] = environment if pager is None else {"PAGER": pager, **environment}
    with open_terminal(arguments, columns=columns, environment=variables) as terminal:
        for text, key in keys:
            terminal.read(text)
            terminal.press(key)
        terminal.read()
        terminal.process.wait(60)
        return terminal


def text_of(terminal: Terminal) -> str:
    return "\n".join(terminal.lines)


@pytest.mark.parametrize(
    ("arguments", "is_paged"),
    [
        *((["-f", form], True) for form in ("table", "json", "yaml", "markdown")),
        *((["-f", form], False) for form in ("ndjson", "csv", "csv-raw", "tsv")),
        (["listeners"], True),
        (["check"], True),
        (["explain", "TCPTimeouts"], True),
        (["schema", "--compact"], True),
        (["-f", "table", "--no-pager"], False),
        (["--no-pager", "check"], False),
    ],
)
def test_output_for_people_is_paged(arguments: list[str], is_paged: bool, dump: str) -> None:  # noqa: FBT001 - a parameter of the test
    words = [*arguments, *([dump] if {"explain", "schema"}.isdisjoint(arguments) else [])]
    terminal = page(words, MARK)
    assert (terminal.process.returncode, "paged:" in text_of(terminal)) == (0, is_paged)
    assert text_of(terminal).strip()


@pytest.mark.parametrize("pager", ["", "cat", "  "])
def test_without_a_pager_the_output_goes_to_the_terminal(pager: str, dump: str) -> None:
    terminal = page(["-f", "table", dump], pager)
    assert terminal.process.returncode == 0
    assert "0.0.0.0:22" in text_of(terminal)
    assert "netstat-parse:" not in text_of(terminal)


@pytest.mark.parametrize(
    ("pager", "reason"),
    [
        ("no-such-pager", "there is no program no-such-pager"),
        ("/no/such/pager -R", "there is no program /no/such/pager"),
        ("less 'x", "no closing quotation"),
    ],
)
def test_a_pager_that_cannot_be_started_is_named_and_the_output_printed(pager: str, reason: str, dump: str) -> None:
    terminal = page(["-f", "table", dump], pager, columns=200)
    text = text_of(terminal)
    assert (terminal.process.returncode, "0.0.0.0:22" in text) == (0, True)
    assert f"netstat-parse: no pager: PAGER is {pager}" in text
    assert reason in text


@pytest.mark.parametrize(
    ("pager", "end"),
    [
        ("false", "ended with status 1"),
        ("kill -9 $$", "was killed by signal 9"),
        ("cat >/dev/null; exit 3", "ended with status 3"),
    ],
)
def test_a_pager_that_fails_is_an_error(pager: str, end: str, long_dump: str) -> None:
    terminal = page(["-f", "json", long_dump], pager, columns=200)
    message = f"netstat-parse: the pager {pager} {end}, so output may be missing; --no-pager prints without it"
    assert (terminal.process.returncode, text_of(terminal).strip()) == (2, message)


@pytest.mark.parametrize("pager", [f"{MARK} | cat", f"A=b {MARK}"])
def test_a_shell_starts_a_pager_that_needs_one(pager: str, dump: str) -> None:
    terminal = page(["-f", "table", dump], pager)
    assert (terminal.process.returncode, "paged:" in text_of(terminal)) == (0, True)


def test_a_dumb_terminal_has_no_pager(dump: str) -> None:
    assert "paged:" not in text_of(page([dump, "-f", "table"], MARK, TERM="dumb"))


def test_the_own_variable_goes_before_the_general_one(dump: str) -> None:
    terminal = page(["-f", "table", dump], "sed s/^/general:/", NETSTAT_PARSE_PAGER=MARK)
    assert ("paged:" in text_of(terminal), "general:" in text_of(terminal)) == (True, False)


def test_an_empty_own_variable_means_no_pager(dump: str) -> None:
    assert "paged:" not in text_of(page(["-f", "table", dump], MARK, NETSTAT_PARSE_PAGER=""))


def test_a_file_has_no_pager(dump: str, tmp_path: Path) -> None:
    terminal = page(["-f", "table", "-o", str(tmp_path / "table.txt"), dump], MARK)
    assert (terminal.process.returncode, text_of(terminal).strip()) == (0, "")
    assert "paged:" not in (tmp_path / "table.txt").read_text()


def test_the_pager_is_started_only_if_there_is_output(tmp_path: Path) -> None:
    terminal = page(["-f", "table", str(tmp_path / "missing.txt")], "sh -c 'echo started; cat'")
    assert terminal.process.returncode == 2
    assert "missing.txt: No such file" in text_of(terminal)
    assert "started" not in text_of(terminal)


def test_a_pager_that_quits_at_once_ends_the_command_quietly(long_dump: str) -> None:
    terminal = page(["-f", "json", long_dump], "true")
    assert (terminal.process.returncode, text_of(terminal).strip()) == (0, "")


def test_the_pager_gets_the_words_of_the_variable(dump: str) -> None:
    assert "^[[1;34m" in text_of(page(["--color", "always", dump], "cat -v"))


def test_a_pager_that_may_not_show_colors_gets_none(dump: str) -> None:
    assert "^[" not in text_of(page([dump], "cat -v"))


@needs_less
@pytest.mark.parametrize("variable", ["-i", "FX"])
def test_less_shows_colors_whatever_its_variable_says(variable: str, dump: str) -> None:
    keys = [("END", "q")] if variable == "-i" else []
    terminal = page(["-f", "table", "--color", "always", dump], "less", keys=keys, LESS=variable)
    assert "0.0.0.0:22" in text_of(terminal)
    assert "ESC" not in text_of(terminal)


def test_messages_follow_the_output_into_the_pager(long_dump: str) -> None:
    with Path(long_dump).open("a") as file:
        file.write(CUT)
    terminal = page(["-f", "markdown", long_dump], MARK, columns=300)
    lines = [line for line in terminal.lines if line]
    assert terminal.process.returncode == 0
    assert all(line.startswith("paged:") for line in lines)
    (message,) = (number for number, line in enumerate(lines) if "long.txt:3001: row cut short" in line)
    (last_row,) = (number for number, line in enumerate(lines) if "52999" in line)
    assert last_row < message


def test_messages_go_to_a_file_if_standard_error_is_one(dump: str, tmp_path: Path) -> None:
    errors = tmp_path / "errors.txt"
    with (
        errors.open("wb") as file,
        open_terminal(["-v", "-f", "table", dump], environment={"PAGER": MARK}, stderr=file.fileno()) as terminal,
    ):
        terminal.read()
        terminal.process.wait(60)
    assert "1 record" in errors.read_text()
    assert "1 record" not in text_of(terminal)


def test_the_status_of_the_command_is_kept(long_dump: str) -> None:
    with Path(long_dump).open("a") as file:
        file.write(CUT)
    assert page(["--strict", "-f", "markdown", long_dump], MARK).process.returncode == 1


def test_variables_of_pagers_are_set_as_git_sets_them(dump: str) -> None:
    assert "FRX -c utf-8" in text_of(page([dump], "sh -c 'echo $LESS $LV $LESSCHARSET'"))
    assert "-M -c latin1" in text_of(
        page([dump], "sh -c 'echo $LESS $LV $LESSCHARSET'", LESS="-M", LESSCHARSET="latin1")
    )


@pytest.mark.parametrize("columns", [40, 80, 132, 200])
@pytest.mark.parametrize("command", ["-f table", "listeners", "check", "explain"])
def test_the_width_is_that_of_the_terminal(command: str, columns: int, dump: str) -> None:
    name = f"{dump}:3" if command == "explain" else dump
    words = ["--color", "always", *command.split(), name]
    paged, direct = (page(words, pager, columns=columns) for pager in ("tee", "cat"))
    assert paged.output == direct.output


@pytest.mark.parametrize(
    ("choice", "no_color", "has_color"), [("never", "", False), ("auto", "1", False), ("auto", "", True)]
)
def test_colors_are_those_of_the_terminal(
    choice: str,
    no_color: str,
    has_color: bool,  # noqa: FBT001 - a parameter of the test
    dump: str,
    tmp_path: Path,
) -> None:
    pager = tmp_path / "bat"
    pager.symlink_to(shutil.which("cat") or "")
    terminal = page(["--color", choice, dump], str(pager), NO_COLOR=no_color)
    assert (b"\x1b[1;34m" in terminal.output) == has_color


def test_outputs_of_workers_are_paged_in_order(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{number}.txt") for number in range(4)]
    for name in names:
        Path(name).write_text(LISTING)
    terminal = page(["-j", "2", "-f", "markdown", *names], MARK, columns=300)
    titles = [line for line in terminal.lines if line.startswith("paged:##")]
    assert terminal.process.returncode == 0
    assert re.findall(r"(\d)\.txt", "".join(titles)) == ["0", "1", "2", "3"]


def test_watch_is_not_paged() -> None:
    terminal = page(["watch", "0.1", "--count", "1", "-f", "json", "--netstat", FAKE_COMMAND_LINE, "--", "list"], MARK)
    assert '"local_port": 22' in text_of(terminal)
    assert "paged:" not in text_of(terminal)


@needs_less
def test_less_leaves_a_short_output_on_the_terminal(dump: str) -> None:
    terminal = page(["-f", "table", dump], None)
    assert terminal.process.returncode == 0
    assert "0.0.0.0:22" in text_of(terminal)


@needs_less
def test_quitting_less_early_is_no_error(long_dump: str) -> None:
    terminal = page(["-f", "table", long_dump], None, keys=[("50010", "q")])
    assert terminal.process.returncode == 0
    assert "netstat-parse" not in text_of(terminal)


@needs_less
def test_less_survives_ctrl_c(long_dump: str) -> None:
    terminal = page(["-f", "table", long_dump], None, keys=[("50010", "\x03"), ("50010", " "), ("50030", "q")])
    assert terminal.process.returncode == 130
    assert "Traceback" not in text_of(terminal)


@needs_less
def test_less_reads_keys_from_the_terminal_not_from_standard_input(long_dump: str) -> None:
    with Path(long_dump).open() as file, open_terminal(["-f", "table"], stdin=file.fileno()) as terminal:
        terminal.read("50010")
        terminal.press(" ")
        terminal.read("50030")
        terminal.press("q")
        terminal.read()
        assert terminal.process.wait(60) == 0
