"""The command line, as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LISTING = (
    "Active Internet connections (only servers)\n"
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n"
)
CUT = "tcp        0      0 10.0.0.1:22\n"


def netstat_parse(*arguments: str, text: str | bytes = "") -> subprocess.CompletedProcess[str]:
    data = text if isinstance(text, bytes) else text.encode()
    ran = subprocess.run(
        [sys.executable, "-m", "netstat_parse", *arguments], input=data, capture_output=True, timeout=60, check=False
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


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


def test_standard_input_is_read_where_no_file_is_named() -> None:
    document = json.loads(netstat_parse(text=LISTING).stdout)
    assert document["source"] is None
    assert len(document["connections"]) == 1


def test_ndjson_is_a_record_a_line_with_its_kind_first() -> None:
    lines = [json.loads(line) for line in netstat_parse("-f", "ndjson", text=LISTING).stdout.splitlines()]
    assert [next(iter(line.items())) for line in lines] == [("kind", "connection"), ("kind", "snapshot")]


def test_ndjson_of_several_inputs_names_the_source(dump: Path) -> None:
    lines = netstat_parse("-f", "ndjson", str(dump), str(dump)).stdout.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {str(dump)}


def test_a_table_is_for_people() -> None:
    shown = netstat_parse("-f", "table", text=LISTING).stdout
    assert "Connections" in shown
    assert "0.0.0.0:22" in shown


@pytest.mark.parametrize("text", ["", "\n\n", "dear support,\nit does not work\n"])
@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_text_without_a_table_is_one_line_on_standard_error(text: str, form: str) -> None:
    ran = netstat_parse("-f", form, text=text)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("netstat-parse: no netstat table")
    assert ran.stderr.count("\n") == 1


def test_a_missing_file_is_told_and_the_others_are_read(dump: Path) -> None:
    ran = netstat_parse("/nonexistent/dump.txt", str(dump))
    assert ran.returncode == 2
    assert ran.stderr == "netstat-parse: /nonexistent/dump.txt: No such file or directory\n"
    assert len(json.loads(ran.stdout)["connections"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows only says that it must not be read")
def test_a_folder_is_no_file(tmp_path: Path) -> None:
    ran = netstat_parse(str(tmp_path))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"netstat-parse: {tmp_path}: Is a directory\n"


def test_an_unknown_encoding_is_a_usage_error() -> None:
    ran = netstat_parse("-e", "klingon", text=LISTING)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unknown encoding 'klingon'" in ran.stderr


def test_a_cut_row_is_told_and_the_others_are_read() -> None:
    ran = netstat_parse(text=LISTING + CUT)
    assert ran.returncode == 0
    assert ran.stderr == "netstat-parse: standard input:4: row cut short: expected Foreign Address\n"
    assert [found["code"] for found in json.loads(ran.stdout)["diagnostics"]] == ["truncated-row"]


def test_strict_shows_the_line_with_a_caret_and_fails() -> None:
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
    assert json.loads((tmp_path / "out.json").read_bytes())["schema_version"] == "1.0"


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    ran = netstat_parse("-o", str(tmp_path / "none" / "out.json"), text=LISTING)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"netstat-parse: {tmp_path / 'none' / 'out.json'}: No such file or directory\n"


def test_the_system_can_be_told() -> None:
    ran = netstat_parse("--system", "windows", text=LISTING)
    assert ran.returncode == 1
    assert "looked for Windows tables" in ran.stderr


def test_control_characters_never_reach_the_terminal() -> None:
    row = LISTING.splitlines()[2] + "281/\x1b[31mred\n"
    ran = netstat_parse("-f", "table", text=row)
    assert "\x1b[31mred" not in ran.stdout + ran.stderr
    assert "red" in ran.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
def test_a_closed_pipe_ends_quietly() -> None:
    script = f"{sys.executable} -m netstat_parse -f ndjson | head -n 1"
    row = LISTING.splitlines(keepends=True)[2]
    ran = subprocess.run(["sh", "-c", script], input=(row * 50_000).encode(), capture_output=True, check=False)  # noqa: S607
    assert ran.stderr == b""
    assert ran.stdout.count(b"\n") == 1


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    check = (
        "import sys; from netstat_parse.cli import main\n"
        f"try: main([{option!r}])\n"
        "except SystemExit: pass\n"
        "assert not {'pyparsing', 'pydantic', 'rich', 'orjson'} & set(sys.modules), sorted(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


def test_json_imports_no_pydantic() -> None:
    check = (
        "import sys; from netstat_parse import to_json\n"
        f"to_json({LISTING!r})\n"
        "assert not {'pydantic', 'rich'} & set(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
