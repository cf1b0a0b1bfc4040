"""The command line from outside: output, error messages, exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from netstat_parse.cli import live, main
from netstat_parse.formats.registry import WRITERS
from netstat_parse.insight.explain.schema_texts import add_meanings
from netstat_parse.live import queries
from netstat_parse.schema.published import json_schema
from support.command_line import CUT, LISTING, netstat_parse

UNNEEDED = {
    "pydantic",
    "rich",
    "yaml",
    "netstat_parse.records.selection",
    "netstat_parse.formats.display",
    "multiprocessing",
    "logging",
}
"""Modules that printing JSON must not import."""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(LISTING)
    return path


def test_a_file_becomes_a_json_document(dump: Path) -> None:
    ran = netstat_parse(str(dump))
    document = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert document["source"] == str(dump)
    assert document["connections"][0]["local_port"] == 22


def test_standard_input_is_read_without_a_file() -> None:
    document = json.loads(netstat_parse(text=LISTING).stdout)
    assert document["source"] is None
    assert len(document["connections"]) == 1


def test_ndjson_has_a_record_per_line_with_its_kind_first() -> None:
    lines = [json.loads(line) for line in netstat_parse("-f", "ndjson", text=LISTING).stdout.splitlines()]
    assert [next(iter(line.items())) for line in lines] == [("kind", "connection"), ("kind", "snapshot")]


def test_ndjson_of_several_inputs_names_the_source(dump: Path) -> None:
    lines = netstat_parse("-f", "ndjson", str(dump), str(dump)).stdout.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {str(dump)}


def test_a_table_has_titles_and_endpoints() -> None:
    table = netstat_parse("-f", "table", text=LISTING).stdout
    assert "Connections" in table
    assert "0.0.0.0:22" in table


@pytest.mark.parametrize("text", ["", "\n\n", "dear support,\nit does not work\n"])
@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_text_without_a_table_is_one_line_on_standard_error(text: str, form: str) -> None:
    ran = netstat_parse("-f", form, text=text)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("netstat-parse: no netstat table")
    assert ran.stderr.count("\n") == 1


def test_a_missing_file_is_an_error_and_the_others_are_read(dump: Path) -> None:
    ran = netstat_parse("/nonexistent/dump.txt", str(dump))
    assert ran.returncode == 2
    assert ran.stderr == "netstat-parse: /nonexistent/dump.txt: No such file or directory\n"
    assert len(json.loads(ran.stdout)["connections"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the message differs on Windows")
def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    ran = netstat_parse(str(tmp_path))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"netstat-parse: {tmp_path}: an empty folder\n"


def test_an_unknown_encoding_is_a_usage_error() -> None:
    ran = netstat_parse("-e", "klingon", text=LISTING)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unknown encoding 'klingon'" in ran.stderr


def test_a_cut_row_is_reported_and_the_others_are_read() -> None:
    ran = netstat_parse(text=LISTING + CUT)
    assert ran.returncode == 0
    assert ran.stderr.startswith("netstat-parse: standard input:4: row cut short: expected Foreign Address\n")
    assert [found["code"] for found in json.loads(ran.stdout)["diagnostics"]] == ["truncated-row"]


def test_strict_prints_the_line_with_a_caret_and_fails() -> None:
    ran = netstat_parse("--strict", text=LISTING + CUT)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "netstat-parse: standard input:4: row cut short: expected Foreign Address",
        "    tcp        0      0 10.0.0.1:22",
        "                                   ^",
    ]


def test_the_result_can_go_to_a_file(tmp_path: Path) -> None:
    ran = netstat_parse("-o", str(tmp_path / "out.json"), text=LISTING)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_bytes())["schema_version"] == "1.1"


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    ran = netstat_parse("-o", str(tmp_path / "none" / "out.json"), text=LISTING)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"netstat-parse: {tmp_path / 'none' / 'out.json'}: No such file or directory\n"


def test_only_the_tables_of_the_given_system_are_parsed() -> None:
    ran = netstat_parse("--system", "windows", text=LISTING)
    assert ran.returncode == 1
    assert "looked for Windows tables" in ran.stderr


def test_an_unknown_system_is_a_usage_error() -> None:
    ran = netstat_parse("--system", "beos", text=LISTING)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unknown system 'beos' (there are linux, " in ran.stderr


def test_control_characters_never_reach_the_terminal() -> None:
    row = LISTING.splitlines()[2] + "281/\x1b[31mred\n"
    ran = netstat_parse("-f", "table", text=row)
    assert "\x1b[31mred" not in ran.stdout + ran.stderr
    assert "red" in ran.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("form", WRITERS)
def test_a_closed_pipe_ends_quietly(form: str, jobs: str, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(LISTING + LISTING.splitlines(keepends=True)[2] * 3_000)
    script = f"({sys.executable} -m netstat_parse -j {jobs} -f {form} one.txt two.txt; echo $? >&2) | head -c 20"
    ran = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60)  # noqa: S607 - any sh
    assert (len(ran.stdout.decode()) <= 20, ran.stderr) == (True, b"0\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
@pytest.mark.parametrize("words", ["--help", "run --help", "schema", "schema --help", "--version"])
def test_help_into_a_closed_pipe_ends_quietly(words: str) -> None:
    script = f"(sleep 0.5; {sys.executable} -m netstat_parse {words}; echo $? >&2) | true"
    ran = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=60)  # noqa: S607 - any sh
    assert (ran.stdout, ran.stderr) == (b"", b"0\n")


@pytest.mark.parametrize("words", ["--version", "--help", "run --help", "watch --help", "schema --help"])
def test_help_and_version_import_nothing_heavy(words: str) -> None:
    check = (
        "import sys; from netstat_parse.cli import main\n"
        f"try: main({words.split()!r})\n"
        "except SystemExit: pass\n"
        "assert not {'pyparsing', 'pydantic', 'rich', 'subprocess', 'json', 'netstat_parse.records.rows'} & set(sys.modules), sorted(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (f"from netstat_parse import to_json; to_json({LISTING!r})", UNNEEDED),
        ("from netstat_parse.cli import main; main(['schema'])", {"pydantic", "rich", "yaml", "pyparsing"}),
        ("from netstat_parse.cli import main; main(['-f', 'json', 'dump.txt'])", UNNEEDED),
        ("from netstat_parse.cli import main; main(['-f', 'ndjson', 'dump.txt'])", UNNEEDED),
        ("from netstat_parse.cli import main; main(['-f', 'markdown', 'dump.txt'])", {"pydantic", "rich", "yaml"}),
        ("from netstat_parse.cli import main; main(['-f', 'yaml', 'dump.txt'])", {"pydantic", "rich"}),
    ],
)
def test_a_run_imports_only_what_it_needs(command: str, unneeded: set[str], dump: Path) -> None:
    check = f"import sys\n{command}\nassert not {unneeded} & set(sys.modules), {unneeded} & set(sys.modules)"
    ran = subprocess.run([sys.executable, "-c", check], cwd=dump.parent, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


def test_the_options_of_run_are_arguments_of_the_library() -> None:
    assert queries.RunArguments.__annotations__.keys() >= live.RUN_ARGUMENTS


def test_the_schema_is_the_published_one() -> None:
    ran = netstat_parse("schema")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == add_meanings(json_schema())


def test_the_schema_can_go_to_a_file(tmp_path: Path) -> None:
    for words in (["schema", "-o", str(tmp_path / "a")], ["-o", str(tmp_path / "b"), "schema"]):
        assert netstat_parse(*words).returncode == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == netstat_parse("schema").stdout.encode()


def test_the_identifier_of_the_schema_has_its_version() -> None:
    found = json.loads(netstat_parse("schema").stdout)
    assert found["$id"].rpartition(":")[2] == found["properties"]["schema_version"]["const"]


@pytest.mark.parametrize("words", [["-f", "csv", "schema"], ["--strict", "schema"], ["schema", "dump.txt"]])
def test_schema_rejects_options_for_inputs(words: list[str]) -> None:
    ran = netstat_parse(*words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("netstat-parse schema: ")


def test_the_help_of_schema_explains_its_stability() -> None:
    assert "A new MAJOR removes or renames" in " ".join(netstat_parse("schema", "--help").stdout.split())


@pytest.mark.parametrize("command", ["run", "watch", "schema"])
def test_a_file_named_like_a_command_is_read_by_its_path(command: str, tmp_path: Path) -> None:
    (tmp_path / command).write_text(LISTING)
    assert json.loads(netstat_parse(str(tmp_path / command)).stdout)["connections"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
@pytest.mark.parametrize("form", WRITERS)
def test_a_file_whose_name_is_not_utf_8_can_be_printed(form: str, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/dump\xff.txt")
    Path(path).write_text(LISTING)
    ran = netstat_parse("-f", form, path, path)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("form", ["ndjson", "csv-raw"])
def test_the_field_source_of_a_route_is_renamed_beside_the_source_of_the_input(form: str, tmp_path: Path) -> None:
    text = "Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref Use If\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(
            text + "2001:db8::/64                  ::                         U    256 1      0 eth0\n"
        )
    printed = netstat_parse("-f", form, "--only", "routes", str(tmp_path)).stdout
    assert printed.count("route_source") == 2
    assert printed.count(",source,") + printed.count('"source":') == 2


def test_the_command_line_can_be_called_again_in_one_process(dump: Path) -> None:
    assert [main([str(dump), "-o", str(dump.with_suffix(".json"))]) for _ in range(2)] == [0, 0]
