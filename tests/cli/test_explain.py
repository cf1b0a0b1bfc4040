"""The command ``explain``, and the option ``--explain``."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from netstat_parse import Counter, Dump, explain
from netstat_parse.insight.explain.schema_texts import MEANING_FIELD
from support.command_line import netstat_parse
from support.samples import ROOT

COUNTERS = "Tcp:\n    12 segments retransmitted\n    3 resets sent\n"
SOCKETS = """Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN
tcp        0      0 10.0.0.1:22
"""


def explanations(*terms: str) -> list[dict[str, Any]]:
    ran = netstat_parse("explain", "-f", "json", *terms)
    assert (ran.returncode, ran.stderr) == (0, "")
    return list(json.loads(ran.stdout))


def test_json_is_a_list_with_the_documented_keys() -> None:
    (found,) = explanations("TCPTimeouts: 51")
    assert found["term"] == "TCPTimeouts: 51"
    assert list(found) == [
        "term",
        "kind",
        "names",
        "labels",
        "meaning",
        "unit",
        "counter_kind",
        "not",
        "sources",
        "rules",
    ]
    assert found["names"] == {"kernel": "TcpExt.TCPTimeouts", "mib": None, "schema": "tcpext.TCPTimeouts"}
    assert found["labels"] == {"linux": ["<N> other TCP timeouts"]}


def test_python_explains_the_same() -> None:
    assert [each.model_dump(mode="json", by_alias=True) for each in explain("LISTEN")] == explanations("LISTEN")


@pytest.mark.parametrize("format_name", ["table", "json", "markdown"])
def test_every_format_has_meaning_names_and_source(format_name: str) -> None:
    ran = netstat_parse("explain", "-f", format_name, "Tcp.CurrEstab")
    for text in ("ESTABLISHED or CLOSE-WAIT", "tcpCurrEstab", "RFC 4022", "gauge", "Current Connections"):
        assert text in " ".join(ran.stdout.split())


def test_the_table_is_the_default() -> None:
    assert netstat_parse("explain", "U").stdout == netstat_parse("explain", "-f", "table", "U").stdout


def test_a_counter_of_both_families_is_written_once() -> None:
    assert netstat_parse("explain", "InDelivers").stdout.startswith("Ip.InDelivers, Ip6.InDelivers  counter of ")


def test_an_unknown_term_is_one_line_with_what_may_have_been_meant() -> None:
    ran = netstat_parse("explain", "RetranSegs", "TIME_WAIT")
    assert ran.returncode == 1
    assert (
        ran.stderr
        == "netstat-parse: no such term: 'RetranSegs'; did you mean RetransSegs, retrans_segs or tcpRetransSegs?\n"
    )
    assert ran.stdout.startswith("connections.state: time_wait")


@pytest.mark.parametrize("term", ["\x1b[31m", "a\nb", "x" * 100_000, "<script>", "[red]x", "=cmd()", "\u202e"])
def test_a_hostile_term_is_one_clear_line(term: str) -> None:
    ran = netstat_parse("explain", "-f", "markdown", term)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("netstat-parse: no such term: ")
    assert ran.stderr.count("\n") == 1
    assert ran.stderr[:-1].isprintable()
    assert len(ran.stderr) < 200


def test_options_of_netstat_are_terms() -> None:
    assert "Print PID and name" in netstat_parse("explain", "-p").stdout
    assert "Print the process ID" in netstat_parse("explain", "--", "-o").stdout


def test_a_term_is_required() -> None:
    ran = netstat_parse("explain")
    assert ran.returncode == 2
    assert ran.stderr.endswith("explain: a term is missing, such as: explain TCPTimeouts\n")


def test_options_without_meaning_here_are_refused() -> None:
    ran = netstat_parse("--only", "routes", "explain", "U")
    assert ran.returncode == 2
    assert ran.stderr.endswith(": explain takes no --only (netstat-parse explain --help lists all)\n")


def test_a_line_is_explained_by_its_record(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(SOCKETS)
    found = explanations(f"{path}:3")
    assert {each["term"]: each["value"] for each in found}["local_port"] == 22
    assert {(each["line"], each["table"]) for each in found} == {(3, "connections")}
    assert "Connection in line 3" in netstat_parse("explain", f"{path}:3").stdout
    assert (
        "## Connection in line 3\n\n| Field | Value | Meaning |\n"
        in netstat_parse("explain", "-f", "markdown", f"{path}:3").stdout
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (1, "a title, a heading, an empty line or other text, so no record"),
        (4, "row cut short: expected Foreign Address"),
        (9, "there is no such line; the file has 4, and the first is 1"),
        (0, "there is no such line; the file has 4, and the first is 1"),
        (10**30, "there is no such line; the file has 4, and the first is 1"),
    ],
)
def test_a_line_without_a_record_is_one_line_with_the_reason(tmp_path: Path, line: int, message: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(SOCKETS)
    ran = netstat_parse("explain", f"{path}:{line}")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"netstat-parse: {path}:{line}: {message}\n"


def test_a_line_of_a_chosen_snapshot_is_that_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(SOCKETS)
    assert explanations(f"{path}@0:3") == explanations(f"{path}:3")


def test_a_line_of_standard_input_is_explained() -> None:
    ran = netstat_parse("explain", "-f", "json", "-:3", text=SOCKETS)
    assert ran.returncode == 0
    assert json.loads(ran.stdout)[0]["line"] == 3


def test_a_file_without_a_table_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    ran = netstat_parse("explain", f"{path}:1")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"netstat-parse: {path}: no netstat table in 1 line of text")


def test_a_line_below_the_first_one_of_a_record_belongs_to_it(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text(
        "\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n"
        "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\n  RpcSs\n [svchost.exe]\n"
    )
    assert explanations(f"{path}:7") == explanations(f"{path}:5")


def explained(*arguments: str) -> str:
    ran = netstat_parse("--explain", *arguments, text=COUNTERS)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_counters_get_their_meaning_on_demand() -> None:
    document = json.loads(explained())
    plain = json.loads(netstat_parse(text=COUNTERS).stdout)
    assert document["counters"][1].pop("meaning").startswith("Segments sent with the RST flag")
    assert document["counters"][0].pop("meaning").startswith("Segments retransmitted.")
    assert document == plain


@pytest.mark.parametrize("format_name", ["ndjson", "csv", "csv-raw", "tsv", "yaml", "table", "markdown"])
def test_every_format_can_hold_the_meanings(format_name: str) -> None:
    assert "Segments retransmitted. Linux: SYNs" in explained("-f", format_name)


@pytest.mark.parametrize("format_name", ["csv", "table"])
def test_the_meaning_is_beside_selected_fields(format_name: str) -> None:
    assert "Segments retransmitted." in explained("-f", format_name, "--only", "counters", "--fields", "name,value")


def test_a_database_has_no_column_for_the_meanings(tmp_path: Path) -> None:
    ran = netstat_parse("--explain", "-f", "sqlite", "-o", str(tmp_path / "x.db"), text=COUNTERS)
    assert ran.returncode == 2
    assert ran.stderr.endswith(": --explain adds a field that sqlite has no column for\n")


def test_a_document_with_meanings_fits_the_schema_and_the_models() -> None:
    schema = json.loads(netstat_parse("schema").stdout)
    document = json.loads(explained())
    jsonschema.validate(document, schema)
    assert Dump.model_validate(document).counters[0].value == 12


def test_the_schema_has_the_meanings() -> None:
    definitions = json.loads(netstat_parse("schema").stdout)["$defs"]
    names = definitions["Counter"]["properties"]["kernel_name"]["x-meanings"]
    assert names["Tcp.CurrEstab"] == "Connections that are ESTABLISHED or CLOSE-WAIT now."
    states = definitions["Connection"]["properties"]["state"]
    assert states["x-meanings"].keys() == set(states["anyOf"][0]["enum"])
    assert "promisc" in definitions["Interface"]["properties"]["flags"]["x-meanings"]
    assert definitions["UnixSocket"]["properties"]["type"]["x-meanings"].keys() >= {"stream", "dgram"}


def test_the_schema_without_meanings_is_the_published_one() -> None:
    published = json.loads((ROOT / "netstat_parse" / "schema" / "document.schema.json").read_text("utf-8"))
    printed = json.loads(netstat_parse("schema").stdout)
    del printed["$defs"]["Counter"]["properties"]["meaning"]

    def strip(schema: object) -> object:
        if isinstance(schema, dict):
            return {key: strip(value) for key, value in schema.items() if key != "x-meanings"}
        return [strip(item) for item in schema] if isinstance(schema, list) else schema

    assert strip(printed) == published


def test_the_added_field_is_described_as_in_the_model() -> None:
    assert Counter.model_fields["meaning"].description == MEANING_FIELD


def test_a_word_of_another_language_is_in_the_answer() -> None:
    assert netstat_parse("explain", "ABHÖREN").stdout.startswith("ABHÖREN: connections.state: listen")
    assert netstat_parse("explain", "LISTENING").stdout.startswith("connections.state: listen")
