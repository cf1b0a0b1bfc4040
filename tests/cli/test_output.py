"""The output replaces a file when it is whole, and errors of the output and of standard error are bounded."""

import os
import sys
from pathlib import Path

import pytest

from support.command_line import COMMAND, LISTING, netstat_parse, sh
from support.fake_netstat import FAKE_COMMAND_LINE

posix = pytest.mark.skipif(sys.platform == "win32", reason="no sh")
with_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(LISTING)
    return path


@pytest.fixture
def former(tmp_path: Path) -> Path:
    path = tmp_path / "former.json"
    path.write_text("former")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["-e", "nosuch", "dump.txt"],
        ["--system", "nosuch", "dump.txt"],
        ["--only", "nosuch", "dump.txt"],
        ["--nosuch", "dump.txt"],
        ["missing.txt"],
        ["nothing.txt"],
        ["run", "--netstat", "/nonexistent"],
        ["run", "--netstat", "/nonexistent", "-e", "nosuch"],
        ["schema", "--nosuch"],
    ],
    ids=" ".join,
)
def test_a_run_that_fails_leaves_the_former_output(dump: Path, former: Path, arguments: list[str]) -> None:
    (dump.parent / "nothing.txt").write_text("nothing\n")
    words = [str(dump.parent / word) if word.endswith(".txt") else word for word in arguments]
    assert netstat_parse(*words, "-o", former).returncode > 0
    assert former.read_text() == "former"
    assert not list(dump.parent.glob(".*"))


def test_an_output_with_the_records_of_some_inputs_replaces_the_former(dump: Path, former: Path) -> None:
    assert netstat_parse("-f", "ndjson", "-o", former, dump, dump.parent / "missing.txt").returncode == 2
    assert '"local_port":22' in former.read_text()


def test_the_new_output_keeps_the_permissions_of_the_former_and_a_link_to_it(dump: Path, former: Path) -> None:
    former.chmod(0o640)
    link = dump.parent / "link.json"
    link.symlink_to(former)
    netstat_parse("-o", link, dump)
    assert link.is_symlink()
    assert former.stat().st_mode & 0o777 == 0o640
    assert "local_port" in former.read_text()


@pytest.mark.parametrize("form", ["json", "sqlite"])
@pytest.mark.parametrize("name", ["dump.txt", "link.txt", "du*.txt", "../{}/dump.txt"])
def test_an_output_that_is_the_input_is_refused(dump: Path, form: str, name: str) -> None:
    (dump.parent / "link.txt").symlink_to(dump)
    source = f"{dump.parent}/{name.format(dump.parent.name)}"
    ran = netstat_parse("-f", form, "-o", dump, source)
    message = "is the input, so it cannot be the output; name another file"
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {source}: {message}\n")
    assert dump.read_text() == LISTING


@posix
@pytest.mark.parametrize("link", ["", "-s", "-P"], ids=["itself", "symbolic", "hard"])
@pytest.mark.parametrize(
    "words",
    ["", "-", "-f sqlite", "-f table -j2 other.txt -", "listeners", "compare - other.txt", "check", "explain -- -:3"],
)
def test_an_output_that_is_standard_input_is_refused(dump: Path, words: str, link: str) -> None:
    (dump.parent / "other.txt").write_text(LISTING)
    output = "link.txt" if link else "dump.txt"
    make = f"ln {link} dump.txt link.txt" if link else ":"
    command, *rest = words.split(" -- ")
    ran = sh(f"cd {dump.parent} && {make} && {COMMAND} {command} -o {output} {' -- '.join(['', *rest])} <dump.txt")
    assert (ran.returncode, ran.stderr.partition(": ")[2]) == (
        2,
        "-: is the input, so it cannot be the output; name another file\n",
    )
    assert dump.read_text() == LISTING


@pytest.mark.parametrize("option", ["--baseline", "--rules"])
def test_an_output_that_check_reads_is_refused(dump: Path, option: str) -> None:
    own = dump.parent / "own.txt"
    own.write_text("# nothing\n")
    assert netstat_parse("check", option, own, "-o", own, dump).returncode == 2
    assert own.read_text() == "# nothing\n"


def test_standard_input_that_is_no_file_may_be_the_output() -> None:
    ran = sh(f"{COMMAND} -o /dev/null </dev/null")
    assert (ran.returncode, ran.stderr) == (1, "netstat-parse: no netstat table: the input is empty\n")


@posix
@pytest.mark.parametrize("form", ["json", "table", "sqlite"])
def test_an_output_that_is_a_circle_of_links_is_an_error(dump: Path, form: str) -> None:
    loop = dump.parent / "loop"
    loop.symlink_to("loop")
    ran = netstat_parse("-f", form, "-o", loop, dump)
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {loop}: Too many levels of symbolic links\n")
    assert loop.is_symlink()


def test_an_output_without_a_name_is_a_usage_error(dump: Path) -> None:
    ran = netstat_parse("-o", "", dump)
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (
        2,
        "netstat-parse: -o/--output: must not be empty",
    )


def test_an_output_in_the_folder_that_is_read_is_not_read(dump: Path) -> None:
    for _ in range(2):
        ran = netstat_parse("-f", "ndjson", "-o", dump.parent / "all.ndjson", dump.parent)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert (dump.parent / "all.ndjson").read_text().count('"local_port":22') == 1


def test_the_folder_of_a_killed_run_is_removed_by_the_next(dump: Path, former: Path) -> None:
    code = (
        "import os, sys, signal; from netstat_parse.cli import files, main\n"
        "files.print_file = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL); main(sys.argv[1:])"
    )
    assert netstat_parse("-o", former, dump, code=code).returncode < 0
    assert len(list(dump.parent.glob(".netstat-parse-*"))) == 1
    assert former.read_text() == "former"
    assert netstat_parse("-o", former, dump).returncode == 0
    assert not list(dump.parent.glob(".netstat-parse-*"))


@posix
@with_dev_full
@pytest.mark.parametrize("options", ["", "-f ndjson", "-f table", "-f csv", "-j2"])
def test_a_full_disk_is_one_error_that_names_the_output(dump: Path, options: str) -> None:
    ran = sh(f"{COMMAND} {options} {dump} {dump} >/dev/full")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: standard output: No space left on device\n")


@posix
@with_dev_full
@pytest.mark.parametrize("environment", ["", "PYTHONUNBUFFERED=1"])
@pytest.mark.parametrize("words", ["--help", "run --help", "--version", "schema"])
def test_a_full_disk_is_an_error_of_help_too(words: str, environment: str) -> None:
    ran = sh(f"{environment} {COMMAND} {words} >/dev/full")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: standard output: No space left on device\n")


@posix
@with_dev_full
def test_a_full_disk_names_the_output_file(dump: Path) -> None:
    ran = sh(f"{COMMAND} -o /dev/full {dump}")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /dev/full: No space left on device\n")


@posix
@with_dev_full
@pytest.mark.parametrize("target", ["&-", "/dev/full"])
@pytest.mark.parametrize("options", ["", "-j2"])
def test_no_record_is_lost_if_standard_error_cannot_be_written(dump: Path, target: str, options: str) -> None:
    ran = sh(f"{COMMAND} {options} -f ndjson {dump} {dump.parent}/missing.txt {dump} 2>{target}")
    assert ran.returncode == 2
    assert ran.stdout.count('"local_port":22') == 2


@posix
def test_messages_do_not_go_into_an_output_that_was_opened_as_standard_error(dump: Path, tmp_path: Path) -> None:
    sh(f"{COMMAND} -f ndjson -o {tmp_path}/o.ndjson {dump} {tmp_path}/missing.txt 2>&- <&-")
    assert "missing" not in (tmp_path / "o.ndjson").read_text()


@posix
@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-", "2>/dev/null"])
@pytest.mark.parametrize(
    "words", ["dump.txt", "-j2 dump.txt dump.txt", "schema", f"run --netstat '{FAKE_COMMAND_LINE}' -- list"]
)
def test_a_command_needs_no_stream_but_its_output(dump: Path, words: str, closed: str) -> None:
    ran = sh(f"cd {dump.parent}; {COMMAND} {words} {closed}")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "local_port" in ran.stdout


@posix
@pytest.mark.parametrize(
    "words",
    ["dump.txt", "-f csv missing.txt", "schema", "--help", "--version", f"run --netstat '{FAKE_COMMAND_LINE}' -- list"],
)
def test_a_closed_standard_output_is_an_error_of_one_line(dump: Path, words: str) -> None:
    ran = sh(f"cd {dump.parent}; {COMMAND} {words} >&-")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: standard output is closed\n")


@pytest.mark.parametrize("words", [[], ["run"], ["watch"], ["watch", "1"], ["schema"]])
@pytest.mark.parametrize("argument", ["--\x1b]0;x\x07", "-f\x1b[31m", "\x9b31m-x", "--timeout=\u202e1"])
def test_no_error_about_an_argument_has_control_characters(words: list[str], argument: str) -> None:
    ran = netstat_parse(*words, argument, code=_main())
    assert all(character.isprintable() or character == "\n" for character in ran.stderr)
    assert ran.returncode == 2


def _main() -> str:
    return (
        f"import sys; from netstat_parse.cli import main; sys.path.append({os.curdir!r}); sys.exit(main(sys.argv[1:]))"
    )


@pytest.mark.parametrize("name", ["[red]a[/red].txt", "b[/x].txt", "[link=http:a]c.txt", "\x1b[31m.txt"])
def test_a_file_name_is_no_markup_and_has_no_control_characters_in_a_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(LISTING)
    (tmp_path / "other.txt").write_text(LISTING)
    ran = netstat_parse("-f", "table", tmp_path)
    assert f"{tmp_path}/{name}:".replace("\x1b", "␛") in ran.stdout
    assert ran.returncode == 0


@posix
def test_a_pipe_in_place_of_a_folder_is_an_error_at_once(dump: Path) -> None:
    os.mkfifo(dump.parent / "pipe")
    ran = netstat_parse("-o", dump.parent / "pipe" / "x.json", dump)
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {dump.parent}/pipe/x.json: Not a directory\n")
