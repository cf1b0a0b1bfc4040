"""The installed manual page and completions agree with the argument parsers, and work in each shell."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from netstat_parse.cli.command import make_complete_parser
from support.documents import ROOT
from support.shipped import GENERATED_FILES, iterate_actions

SHARE = ROOT / "share"
BASH = SHARE / "bash-completion/completions/netstat-parse"
MANUAL = SHARE / "man/man1/netstat-parse.1"

ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'netstat-parse() { print -r -- "go""t: $* :end" }'
zpty -w shell "fpath=(${(q)0}/zsh/site-functions \$fpath); autoload -Uz compinit; compinit -u -D; print rea''dy"
zpty -r -m shell printed "*ready*"
zpty -w -n shell "$1"$'\t\n'
zpty -r -m shell printed "*got: * :end*"
print -r -- "$printed"
"""
"""A script in which an interactive zsh completes a line."""


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name}")
    return found


def run(*command: str, cwd: Path = ROOT) -> str:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "100"}
    ran = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.mark.parametrize("path", GENERATED_FILES, ids=str)
def test_a_shipped_file_agrees_with_the_parsers(path: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(GENERATED_FILES[path](), fullpath=SHARE / path, extension="", encoding="utf-8", newline="\n")


def test_nothing_else_is_shipped() -> None:
    assert {path.relative_to(SHARE) for path in SHARE.rglob("*") if path.is_file()} == set(GENERATED_FILES)


ACTIONS = list(iterate_actions(make_complete_parser()))
OPTIONS = {option for action in ACTIONS for option in action.option_strings} - {"-h", "--help"}


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_every_option_is_in_the_manual(option: str) -> None:
    assert f"\\fB{option}\\fR".replace("-", "\\-") in MANUAL.read_text("utf-8")


def test_man_prints_the_manual_without_a_warning() -> None:
    output = run(tool("man"), "--warnings", "--local-file", str(MANUAL))
    for heading in ("NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "EXIT STATUS", "STABILITY OF THE SCHEMA"):
        assert f"\n{heading}\n" in output


def test_mandoc_finds_no_error_in_the_manual() -> None:
    run(tool("mandoc"), "-T", "lint", "-W", "error", str(MANUAL))


def completed(*words: str, cwd: Path) -> list[str]:
    """Return the completions that bash offers for the last word."""
    script = """
        source "$0"
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        function_=$(complete -p netstat-parse | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        compopt() { :; }  # works only while bash itself completes
        "$function_" netstat-parse "${@: -1}" "${@: -2:1}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    return run(tool("bash"), "-c", script, str(BASH), "netstat-parse", *words, cwd=cwd).split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["--form"], ["--format"]),
        (["-f", "nd"], ["ndjson"]),
        (["--format", "c"], ["csv", "csv-raw"]),
        (["--only", "ro"], ["routes"]),
        (["--only", "connections,ro"], ["connections,routes"]),
        (["--fields", "protocol,local_p"], ["protocol,local_port"]),
        (["run", "--count-by", "local_p"], ["local_port"]),
        (["talkers", "--fields", "inb"], ["inbound"]),
        (["--where", "state_t"], ["state_text="]),
        (["--where", "state", "=", "listen,est"], ["listen,established"]),
        (["--where", "=", "state", "=", "est"], ["established"]),
        (["--where", "state=listen,est"], ["state=listen,established"]),
        (["listeners", "--where", "exposure", "=", "pu"], ["public"]),
        (["sc"], ["schema"]),
        (["dum"], ["dump.txt"]),
        (["dump.txt", "oth"], ["other.txt"]),
        (["-o", "oth"], ["other.txt"]),
        (["run", "--rou"], ["--routes"]),
        (["run", "-f", "y"], ["yaml"]),
        (["watch", "1", "--cou"], ["--count"]),
        (["--strict", "watch", "1", "-f", "mark"], ["markdown"]),
        (["schema", "--"], ["--help", "--output", "--color", "--pretty", "--compact", "--no-pager"]),
    ],
    ids=" ".join,
)
def test_bash_completes(words: list[str], offered: list[str], tmp_path: Path) -> None:
    for name in ("dump.txt", "other.txt"):
        (tmp_path / name).touch()
    assert completed(*words, cwd=tmp_path) == offered


def test_fish_completes(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").touch()
    script = SHARE / "fish/vendor_completions.d/netstat-parse.fish"
    offered = {
        "netstat-parse --form": "--format",
        "netstat-parse dum": "dump.txt",
        "netstat-parse sch": "schema",
        "netstat-parse run -f nd": "ndjson",
        "netstat-parse --only connections,ro": "connections,routes",
        "netstat-parse --fields=protocol,local_p": "--fields=protocol,local_port",
        "netstat-parse --where state_t": "state_text=",
        "netstat-parse --where state=listen,est": "state=listen,established",
        "netstat-parse listeners --where exposure=pu": "exposure=public",
        "netstat-parse talkers --fields inb": "inbound",
        "netstat-parse --only ro": "routes",
    }
    for line, word in offered.items():
        offers = run(tool("fish"), "--no-config", "-c", f"source {script}; complete -C {line!r}", cwd=tmp_path)
        assert [offer.split("\t")[0] for offer in offers.splitlines()] == [word]


def test_zsh_finds_its_completion() -> None:
    script = f"fpath=({SHARE / 'zsh/site-functions'} $fpath); autoload -Uz compinit; compinit -u -D"
    assert run(tool("zsh"), "-f", "-c", f"{script}; print -r -- $_comps[netstat-parse]") == "_netstat-parse\n"


def test_zsh_completes(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").touch()
    offered = {
        "netstat-parse dum": "dump.txt",
        "netstat-parse sch": "schema",
        "netstat-parse run -f nd": "ndjson",
        "netstat-parse --only connections,ro": "connections,routes",
        "netstat-parse --fields protocol,local_p": "protocol,local_port",
        "netstat-parse --where state=listen,est": "state=listen,established",
        "netstat-parse --where timer_r": "timer_retransmits=",
        "netstat-parse listeners --where exposure=pu": "exposure=public",
    }
    for line, word in offered.items():
        output = run(tool("zsh"), "-f", "-c", ZSH, str(SHARE), line, cwd=tmp_path)
        assert output.rpartition("got: ")[2].split()[-2] == word


def test_a_wheel_installs_the_files_where_programs_look(wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(wheel, tmp_path / "unpacked", "zip")
    (data,) = (tmp_path / "unpacked").glob("*.data/data/share")
    for path in GENERATED_FILES:
        assert (data / path).read_bytes() == (SHARE / path).read_bytes()
