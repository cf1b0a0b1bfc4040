"""The values of options are checked, and the messages name the option, not the code."""

import argparse
from collections.abc import Iterator

import pytest

from netstat_parse.cli.command import COMMANDS, make_parser

AWKWARD = ["", "'", '"', "\0", "-", "²", "9" * 5000, "9" * 5000 + "G", "n" * 5000, "1e400", "nan", "=", ",", "\udcff"]


def list_typed_options() -> Iterator[tuple[str, str]]:
    """List all options of all commands whose values are checked, as (command, option)."""
    for command, parser in list_parsers().items():
        for action in parser._actions:  # noqa: SLF001 - argparse has no public list
            if action.type:
                yield command, action.option_strings[-1] if action.option_strings else ""


def list_parsers() -> dict[str, argparse.ArgumentParser]:
    return {"": make_parser(), **{name: command.load().make_parser(name) for name, command in COMMANDS.items()}}


@pytest.mark.parametrize(("command", "option"), [*list_typed_options()])
def test_no_value_of_an_option_is_a_message_about_the_code(
    command: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = list_parsers()[command]
    for value in AWKWARD:
        try:
            parser.parse_args([f"{option}={value}" if option else value])
        except SystemExit as error:
            assert error.code == 2  # noqa: PT017 - a valid value raises nothing
        message = capsys.readouterr().err
        assert "invalid _" not in message
        assert "Traceback" not in message
