"""The help, and a command line at a terminal without a FILE: both say to a new user what to do."""

import sys

import pytest

from netstat_parse.schema import TABLES
from support.command_line import netstat_parse

if sys.platform == "win32":
    pytest.skip("no terminals of this kind", allow_module_level=True)

from netstat_parse.cli.command import COMMANDS
from support.emulator import open_terminal, show


@pytest.mark.parametrize("command", [[], ["listeners"], ["check"], ["compare"], ["-f", "table"]])
def test_a_bare_call_says_what_it_waits_for(command: list[str]) -> None:
    with open_terminal(command) as terminal:
        terminal.read("See --help.")
        assert terminal.lines[0] == "netstat-parse: waiting for text: paste the output of netstat, then press Ctrl-D."
        terminal.press("\x04")
        terminal.read()
        assert "no netstat table: the input is empty" in "\n".join(terminal.lines)


@pytest.mark.parametrize("command", [["-q"], ["-"]])
def test_a_call_that_is_quiet_or_names_standard_input_waits_in_silence(command: list[str]) -> None:
    with open_terminal(command) as terminal:
        terminal.press("hello\n\x04")
        terminal.read()
        assert "waiting" not in "\n".join(terminal.lines)


def test_standard_input_from_a_pipe_needs_no_word() -> None:
    assert "waiting" not in netstat_parse(text="").stderr


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_fits_into_80_columns(command: str) -> None:
    lines = show([*command.split(), "--help"], columns=80).lines
    assert lines[0].startswith(f"usage: netstat-parse{f' {command}' if command else ' [OPTION'}")
    assert max(map(len, netstat_parse(*command.split(), "--help").stdout.splitlines())) <= 80


def test_the_help_names_the_tables_and_commands() -> None:
    text = netstat_parse("--help").stdout
    assert [name for name in TABLES if name not in text] == []
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_broken_between_words(command: str, columns: int) -> None:
    words = netstat_parse(*command.split(), "--help").stdout.split()
    lines = show([*command.split(), "--help"], columns=columns).lines
    assert " ".join(lines).split() == words


def test_the_hint_of_a_bare_call_is_broken_between_words() -> None:
    with open_terminal([], columns=40) as terminal:
        terminal.read("--help.")
        assert {"netstat,", "Ctrl-D.", "netstat-parse", "--help."} <= {*" ".join(terminal.lines).split()}
        terminal.press("\x04")
        terminal.read()
