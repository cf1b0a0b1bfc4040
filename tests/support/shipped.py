"""Generate the manual page and the shell completions in `share/` from the argument parsers.

``pytest tests/cli/test_shipped_files.py --force-regen`` writes these files again.
"""

import re
from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage  # type: ignore[import-untyped] # it has no stubs

import netstat_parse
from netstat_parse.cli.command import COMMANDS, USAGE, make_complete_parser
from netstat_parse.cli.options import EPILOG, make_shared_parser
from netstat_parse.cli.schema import STABILITY
from support.completed_names import BASH, COMPLETERS, FISH, ZSH

PATHS = {"files", "output"}
"""Arguments whose values are file names."""

OTHER_OPTIONS = "The options of netstat-parse itself apply too, except -j and --unpack-limit."


def iterate_parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield the parser and the parsers of its commands."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public access to its actions
        if isinstance(action, _SubParsersAction):
            yield from action.choices.values()


def iterate_actions(parser: ArgumentParser) -> Iterator[Action]:
    for one in iterate_parsers(parser):
        yield from one._actions  # noqa: SLF001 - as above


def make_completed_parser() -> ArgumentParser:
    """Return the parser of the command line with completions set on its arguments."""
    parser = make_complete_parser()
    for action in iterate_actions(parser):
        complete = shtab.FILE if action.dest in PATHS else COMPLETERS.get(action.dest)
        if complete:
            action.complete = complete  # type: ignore[attr-defined] # where shtab looks for it
    for own, command in zip(list(iterate_parsers(parser))[1:], COMMANDS.values(), strict=True):
        own.description = command.meaning
    return parser


def generate_bash() -> str:
    parser = make_completed_parser()
    for action in parser._actions:  # noqa: SLF001 - as above
        if action.dest == "files":
            action.complete = {"bash": "_netstat_parse_files"}  # type: ignore[attr-defined] # as above
    text = shtab.complete(parser, "bash", preamble={"bash": BASH})  # type: ignore[arg-type] # its stubs know one form
    wrapped = text.replace("-F _shtab_netstat_parse netstat-parse", "-F _netstat_parse netstat-parse")
    assert wrapped != text
    return wrapped


def generate_zsh() -> str:
    """Complete commands and file names: shtab omits the commands if the parser has a positional argument for files."""
    parser = make_completed_parser()
    for action in [action for action in parser._actions if action.dest == "files"]:  # noqa: SLF001 - as above
        parser._remove_action(action)  # noqa: SLF001 - as above
        for group in parser._action_groups:  # noqa: SLF001 - as above
            if action in group._group_actions:  # noqa: SLF001 - as above
                group._group_actions.remove(action)  # noqa: SLF001 - as above
    text = shtab.complete(parser, "zsh", preamble={"zsh": ZSH})  # type: ignore[arg-type] # as above
    with_files = re.sub(r"(  _describe 'netstat-parse commands' _commands\n)", r"\1  _files\n", text)
    with_more = re.sub(r"(        watch\) .*\n)", r"\1        *) _files ;;\n", with_files)
    assert len({text, with_files, with_more}) == 3
    return with_more


def generate_fish() -> str:
    return shtab.complete(make_completed_parser(), "fish", preamble={"fish": FISH})  # type: ignore[arg-type] # as above


def generate_manual() -> str:
    parser = make_complete_parser()
    parser.epilog = None
    common = {action.dest for action in make_shared_parser()._actions}  # noqa: SLF001 - as above
    for command in list(iterate_parsers(parser))[1:]:
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
    usages = [USAGE.splitlines()[0], *(str(own.usage) for own in list(iterate_parsers(parser))[1:])]
    page.add_section("synopsis", "=", "\n.br\n".join(map(escape_roff, usages)))
    page.add_section("exit status", "=", escape_roff(EPILOG.removeprefix("Exit status:\n\n")))
    page.add_section("stability of the schema", "=", escape_roff(STABILITY))
    return str(page)


def escape_roff(text: str) -> str:
    """Escape text for roff."""
    return text.replace("\\", "\\e").replace("-", "\\-")


GENERATED_FILES: Mapping[Path, Callable[[], str]] = {
    Path("man/man1/netstat-parse.1"): generate_manual,
    Path("bash-completion/completions/netstat-parse"): generate_bash,
    Path("zsh/site-functions/_netstat-parse"): generate_zsh,
    Path("fish/vendor_completions.d/netstat-parse.fish"): generate_fish,
}
"""Files in `share/` and the functions that generate them."""
