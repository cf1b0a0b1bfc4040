"""The keys of the screen."""

from netstat_parse.screen.commands import COMMANDS, HELP


def test_the_help_fits_on_a_narrow_terminal() -> None:
    lines = HELP.split("\n")
    assert max(map(len, lines)) <= 40
    assert len(lines) <= 20


def test_every_key_has_one_action() -> None:
    keys = [key for command in COMMANDS for keys in command.actions for key in keys.split(",")]
    assert len(keys) == len({*keys})


def test_the_last_line_names_the_first_key_of_a_command() -> None:
    names = {"slash": "/", "question_mark": "?"}
    for command in COMMANDS:
        key = next(iter(command.actions)).partition(",")[0]
        assert not command.label or command.label.split()[0] == names.get(key, key)
