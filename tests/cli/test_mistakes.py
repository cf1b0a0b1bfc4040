"""A mistake on the command line is answered by one line that says what is meant, or how to get it."""

from pathlib import Path

import pytest

from support.command_line import LISTING, netstat_parse

MISTAKES = {
    "--onyl dump.txt": "unknown option --onyl; did you mean --only? (netstat-parse --help lists all)",
    "--zzz": "unknown option --zzz (netstat-parse --help lists all)",
    "-f jsn dump.txt": "-f/--format cannot be 'jsn'; did you mean json? choose json, ",
    "--color=red": "--color cannot be 'red'; choose auto, always or never",
    "--only": "--only needs a value: --only TABLES",
    "--version=3": "--version takes no value, but '3' follows",
    "-j x": "-j/--jobs: not a number of processes: x",
    "--fail-on error dump.txt": (
        "--fail-on is an option of the command check: netstat-parse check --fail-on error dump.txt"
    ),
    "--fail-on error check dump.txt": (
        "--fail-on is an option of the command check: netstat-parse check --fail-on error dump.txt"
    ),
    "--routes dump.txt": "--routes is an option of the commands run and watch",
    "--jobs 2 run": "run takes no --jobs (netstat-parse run --help lists all)",
    "-j2 run -- -an": "run takes no -j (netstat-parse run --help lists all)",
    "-j 2 listeners dump.txt": "-j goes behind the command: netstat-parse listeners -j 2 dump.txt",
    "--routes run": "--routes goes behind the command: netstat-parse run --routes",
    "--only conections dump.txt": "--only: no such table: 'conections'; did you mean connections? the tables are snapshots, ",
    "--only route,unix-sokket dump.txt": "--only: no such table: 'unix_sokket'; did you mean unix_sockets? the tables",
    "--fields local_prt dump.txt": "--fields: no table has a field 'local_prt'; did you mean local_port",
    "--json dump.txt": "unknown option --json; did you mean -f json? (netstat-parse --help lists all)",
    "--where state=lisen dump.txt": "--where: state cannot be lisen; did you mean listen? it is closed, listen, ",
    "help": "help: No such file or directory; to print the help: netstat-parse --help",
    "missing.txt": "missing.txt: No such file or directory\n",
    "-an": "unknown option -an; options of netstat go to netstat: netstat -an | netstat-parse, or netstat-parse run -- -an",
    "-anp dump.txt": "unknown option -anp; options of netstat go to netstat: netstat -anp | netstat-parse",
    "netstat": "to run netstat and parse its output: netstat-parse run, or netstat | netstat-parse",
    "netstat -an": "to run netstat and parse its output: netstat-parse run -- -an, or netstat -an | netstat-parse",
    "netstat -e -o out.txt": "to run netstat and parse its output: netstat-parse run -- -e -o out.txt, or",
    "lisners": "lisners: No such file or directory; did you mean the command listeners?",
    "dmp.txt": "dmp.txt: No such file or directory; did you mean dump.txt?",
    "-4": "-4: No such file or directory; options of netstat go to netstat: netstat-parse run -- -4",
    "*.log": "*.log: no file matches this pattern",
    "folder": "folder: an empty folder",
    "hidden": "hidden: no file in this folder (hidden files are not read)",
}
"""Arguments, and the beginning of the message."""

MISTAKES_OF_COMMANDS = {
    "run -ant": "unknown option -ant; options of netstat go behind --: netstat-parse run -- -ant",
    "run netstat -an": "to run netstat and parse its output: netstat-parse run -- -an, or",
    "run netstat -e": "to run netstat and parse its output: netstat-parse run -- -e, or",
    "run -e": "-e/--encoding needs a value: -e NAME; options of netstat go behind --: netstat-parse run -- OPTIONS",
    "run dump.txt": "takes no FILE: it runs netstat itself. To read a file: netstat-parse dump.txt",
    "run --jobs 2": "takes no --jobs; it is an option of netstat-parse FILE",
    "run -f sqlite": "-f/--format: run cannot store; use: netstat -an | netstat-parse -f sqlite -o PATH",
    "watch 1 -an": "unknown option -an; options of netstat go behind --: netstat-parse watch 1 -- -an",
    "watch": "SECONDS is missing; usage: netstat-parse watch SECONDS [OPTION ...]",
    "check --fail-onn error dump.txt": "unknown option --fail-onn; did you mean --fail-on?",
    "check --where state=listen dump.txt": "check takes no --where (netstat-parse check --help lists all)",
    "schema -f json": "takes no -f; it is an option of netstat-parse FILE",
    "schema x": "unknown argument x; usage: netstat-parse schema [OPTION ...]",
}
"""The same, of a command, whose name is in the prefix of the message."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dump.txt").write_text(LISTING)
    (tmp_path / "ss.txt").write_text(LISTING)
    (tmp_path / "folder").mkdir()
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / ".dump.txt").write_text(LISTING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        *((words, f"netstat-parse: {message}") for words, message in MISTAKES.items()),
        *((words, f"netstat-parse {words.split()[0]}: {text}") for words, text in MISTAKES_OF_COMMANDS.items()),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_answered_by_one_line(words: str, message: str) -> None:
    ran = netstat_parse(*words.split())
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert ran.stderr.startswith(message)


@pytest.mark.usefixtures("folder")
def test_a_command_behind_a_file_is_no_file() -> None:
    ran = netstat_parse("-q", "dump.txt", "run")
    expected = "netstat-parse: run: No such file or directory; a command comes first: netstat-parse run [OPTION ...]\n"
    assert (ran.returncode, ran.stderr) == (2, expected)


def test_an_empty_name_is_visible() -> None:
    assert netstat_parse("").stderr == "netstat-parse: '': No such file or directory\n"


def test_a_file_with_the_name_of_a_command_is_read_behind_an_option(folder: Path) -> None:
    (folder / "dump.txt").rename("run")
    assert netstat_parse("-j", "2", "run").returncode == 0


def test_a_file_named_netstat_is_read(folder: Path) -> None:
    (folder / "dump.txt").rename("netstat")
    assert netstat_parse("netstat").returncode == 0


@pytest.mark.parametrize("word", ["--x\x1b[31m", "x\x1b[31m.txt", "-\x1b", "--only=\x1b[31m", "--x\n", "--\udcff"])
def test_no_mistake_writes_control_characters(word: str) -> None:
    error = netstat_parse(word).stderr
    assert (error.count("\n"), error[:-1].isprintable()) == (1, True)


@pytest.mark.parametrize(("count", "lines"), [(10, 10), (11, 1)])
@pytest.mark.parametrize("command", [["-j1"], ["-j2"], ["check"]])
def test_many_files_without_a_table_are_summed_up(count: int, lines: int, command: list[str], tmp_path: Path) -> None:
    for number in range(count):
        (tmp_path / f"{number:02}.txt").write_text("hello\n")
    (tmp_path / "zz.txt").write_text(LISTING)
    ran = netstat_parse(*command, tmp_path)
    assert (ran.returncode, ran.stderr.count("\n")) == (1, lines)
    if lines == 1:
        first = f"{tmp_path}/00.txt: no netstat table in 1 line of text"
        assert ran.stderr.startswith(
            f"netstat-parse: no netstat table in {count} of {count + 1} files; the first: {first}"
        )
    assert netstat_parse("-v", *command, tmp_path).stderr.count("no netstat table") == count
