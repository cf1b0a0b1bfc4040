"""The manual page and shell completions that are installed with the program, generated from its argument parsers.

They are in `share/`, in the folders where they are installed. ``pytest tests/cli/test_share.py --force-regen`` writes it again.
"""

import re
from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage  # type: ignore[import-untyped]

import netstat_parse
from netstat_parse.cli.command import COMMANDS, USAGE, make_complete_parser
from netstat_parse.cli.options import EPILOG, make_shared_parser
from netstat_parse.cli.schema import STABILITY
from netstat_parse.schema import TABLES

PATHS = {"files", "output"}
"""Arguments that shells complete with file names."""

TABLE = {"bash": "_netstat_parse_tables", "zsh": f"({' '.join(TABLES)})", "fish": " ".join(TABLES)}

BASH = f"""
_netstat_parse_files() {{
  compgen -W "{" ".join(COMMANDS)}" -- "$1"
  compgen -f -- "$1"
}}

_netstat_parse_tables() {{
  compgen -W "{" ".join(TABLES)}" -- "$1"
}}
"""

OTHER_OPTIONS = "The options of netstat-parse itself apply too, except -j and --unpack-limit."


def parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield the parser, and those of its commands."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to them
        if isinstance(action, _SubParsersAction):
            yield from action.choices.values()


def actions(parser: ArgumentParser) -> Iterator[Action]:
    for one in parsers(parser):
        yield from one._actions  # noqa: SLF001 - as above


def to_complete() -> ArgumentParser:
    """Return the parser of the command line, with the completions of its arguments."""
    parser = make_complete_parser()
    for action in actions(parser):
        complete = shtab.FILE if action.dest in PATHS else TABLE if action.dest == "only" else None
        if complete:
            action.complete = complete  # type: ignore[attr-defined] # where shtab looks for it
    for command, meaning in zip(list(parsers(parser))[1:], COMMANDS.values(), strict=True):
        command.description = meaning
    return parser


def bash() -> str:
    parser = to_complete()
    for action in parser._actions:  # noqa: SLF001 - as above
        if action.dest == "files":
            action.complete = {"bash": "_netstat_parse_files"}  # type: ignore[attr-defined] # as above
    return shtab.complete(parser, "bash", preamble={"bash": BASH})  # type: ignore[arg-type] # its stubs know one form


def zsh() -> str:
    """Complete file names together with the commands: shtab forgets the commands if the parser has files."""
    parser = to_complete()
    for action in [action for action in parser._actions if action.dest == "files"]:  # noqa: SLF001 - as above
        parser._remove_action(action)  # noqa: SLF001 - as above
        for group in parser._action_groups:  # noqa: SLF001 - as above
            if action in group._group_actions:  # noqa: SLF001 - as above
                group._group_actions.remove(action)  # noqa: SLF001 - as above
    text = shtab.complete(parser, "zsh")
    with_files = re.sub(r"(  _describe 'netstat-parse commands' _commands\n)", r"\1  _files\n", text)
    with_more = re.sub(r"(        watch\) .*\n)", r"\1        *) _files ;;\n", with_files)
    assert len({text, with_files, with_more}) == 3
    return with_more


def fish() -> str:
    return shtab.complete(to_complete(), "fish")


def manual() -> str:
    parser = make_complete_parser()
    parser.epilog = None
    common = {action.dest for action in make_shared_parser()._actions}  # noqa: SLF001 - as above
    for command in list(parsers(parser))[1:]:
        command.epilog = None
        if "schema" in command.prog:
            continue
        command.description = f"{command.description}\n\n{OTHER_OPTIONS}"
        for action in command._actions:  # noqa: SLF001 - as above
            if action.dest in common:
                action.help = SUPPRESS
    page = Manpage(
        parser,
        format="single-commands-section",
        _data={"version": netstat_parse.__version__, "manual_title": "User Commands"},
    )
    page.date = ""
    page.description = "parse the output of any netstat as JSON, CSV, YAML or tables"
    page.add_section("synopsis", "=", "\n.br\n".join(escaped(line.strip()) for line in USAGE.splitlines()))
    page.add_section("exit status", "=", escaped(EPILOG.removeprefix("Exit status:\n\n")))
    page.add_section("stability of the schema", "=", escaped(STABILITY))
    return str(page)


def escaped(text: str) -> str:
    """Escape text for roff."""
    return text.replace("\\", "\\e").replace("-", "\\-")


SHARED: Mapping[Path, Callable[[], str]] = {
    Path("man/man1/netstat-parse.1"): manual,
    Path("bash-completion/completions/netstat-parse"): bash,
    Path("zsh/site-functions/_netstat-parse"): zsh,
    Path("fish/vendor_completions.d/netstat-parse.fish"): fish,
}
"""The files below `share/`, each with the function that generates it."""
