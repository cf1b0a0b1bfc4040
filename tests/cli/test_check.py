"""`netstat-parse check`: which inputs are judged and compared, the exit status, rules and baselines of the user."""

import json
from pathlib import Path
from typing import Any

import pytest

from support.command_line import LISTING, netstat_parse

TELNET = LISTING.replace("0.0.0.0:22", "0.0.0.0:23")

SEGMENTS = """\
Ip:
    {received} total packets received
Tcp:
    {sent} segments sent out
    {again} segments retransmitted
"""
BEFORE = SEGMENTS.format(received=1_000, sent=100_000, again=50)
AFTER = SEGMENTS.format(received=9_000, sent=120_000, again=1_050)
LATER = SEGMENTS.format(received=19_000, sent=140_000, again=1_060)


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {"before": BEFORE, "after": AFTER, "ssh": LISTING, "telnet": TELNET, "log": BEFORE + AFTER + LATER}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: object, text: str = "") -> tuple[int, Any]:
    ran = netstat_parse("check", "-q", "-f", "json", *arguments, text=text)
    return ran.returncode, json.loads(ran.stdout) if ran.stdout else ran.stderr


def rules(report: dict[str, Any]) -> dict[str, str]:
    return {finding["rule"]: finding["severity"] for finding in report["findings"]}


def test_standard_input_is_judged_by_itself() -> None:
    status, report = check(text=TELNET)
    assert (status, report["source"]) == (0, None)
    assert rules(report)["service-exposed"] == "warning"


@pytest.mark.usefixtures("inputs")
def test_two_files_are_compared() -> None:
    _, report = check("before.txt", "after.txt")
    [finding] = report["findings"]
    assert (finding["rule"], report["source"]) == ("tcp-retransmission", "after.txt")
    assert "1,000 of 20,000" in finding["message"]


@pytest.mark.usefixtures("inputs")
def test_each_file_is_judged_by_itself_if_asked_or_if_there_are_not_two() -> None:
    _, reports = check("--each", "telnet.txt", "after.txt")
    assert [report["source"] for report in reports] == ["telnet.txt", "after.txt"]
    _, reports = check("telnet.txt", "after.txt", "log.txt")
    assert ["service-exposed" in rules(report) for report in reports] == [True, False, False]


@pytest.mark.usefixtures("inputs")
def test_the_runs_of_a_log_are_compared_one_after_the_other() -> None:
    _, report = check("--all", "log.txt")
    assert rules(report) == {"tcp-retransmission": "note"}


@pytest.mark.usefixtures("inputs")
def test_a_log_of_one_run_is_judged_by_itself_and_that_is_reported() -> None:
    ran = netstat_parse("check", "--all", "telnet.txt")
    assert "service-exposed" in ran.stdout
    assert "telnet.txt: has no two moments of the same host to compare" in ran.stderr


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("note", 1)])
def test_the_exit_status_depends_on_the_severity(fail_on: str, status: int) -> None:
    assert check("--fail-on", fail_on, "telnet.txt")[0] == status


@pytest.mark.usefixtures("inputs")
def test_a_rule_can_be_switched_off_and_changed(inputs: Path) -> None:
    own = inputs / "own.toml"
    own.write_text("[service-exposed]\nenabled = false\n")
    assert "service-exposed" not in rules(check("--rules", own, "telnet.txt")[1])
    own.write_text("[tcp-retransmission]\nerror.ratio = 0.04\n")
    assert rules(check("--rules", own, "before.txt", "after.txt")[1]) == {"tcp-retransmission": "error"}


def test_a_wrong_rule_is_refused_with_its_place(inputs: Path) -> None:
    own = inputs / "own.toml"
    own.write_text("[tcp-retransmission]\nerror.ration = 0.04\n")
    ran = netstat_parse("check", "--rules", own, "telnet.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"netstat-parse: {own}: rule tcp-retransmission: ")
    assert "ration" in ran.stderr


@pytest.mark.usefixtures("inputs")
def test_listeners_are_compared_with_a_dump_or_a_list(inputs: Path) -> None:
    expected = inputs / "expected.txt"
    expected.write_text("tcp 0.0.0.0:23\n")
    assert "listener-changed" not in rules(check("--baseline", expected, "telnet.txt")[1])
    assert rules(check("--baseline", expected, "ssh.txt")[1])["listener-changed"] == "warning"
    assert rules(check("--baseline", "telnet.txt", "ssh.txt")[1])["listener-changed"] == "warning"


@pytest.mark.usefixtures("inputs")
def test_a_baseline_of_other_text_is_refused(inputs: Path) -> None:
    (inputs / "other.txt").write_text("dear support\n")
    ran = netstat_parse("check", "--baseline", "other.txt", "ssh.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "neither a dump nor a list of listeners" in ran.stderr


@pytest.mark.usefixtures("inputs")
def test_an_input_without_a_table_does_not_stop_the_others() -> None:
    ran = netstat_parse("check", "--each", "-", "telnet.txt", text="no table\n")
    assert ran.returncode == 1
    assert "service-exposed" in ran.stdout
    assert "no netstat table" in ran.stderr


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize("missing", ["--rules", "--baseline"])
def test_a_missing_file_is_named(missing: str) -> None:
    ran = netstat_parse("check", missing, "missing.file", "ssh.txt")
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        2,
        "",
        "netstat-parse: missing.file: No such file or directory\n",
    )


@pytest.mark.usefixtures("inputs")
def test_a_table_without_rows_is_compared_with_a_baseline(inputs: Path) -> None:
    (inputs / "empty.txt").write_text("".join(LISTING.splitlines(keepends=True)[:2]))
    (inputs / "expected.txt").write_text("tcp 0.0.0.0:22 sshd\n")
    status, report = check("--baseline", "expected.txt", "--fail-on", "warning", "empty.txt")
    assert status == 1
    assert "listener-changed" in rules(report)


@pytest.mark.usefixtures("inputs")
def test_an_unknown_counter_in_a_rule_is_refused(inputs: Path) -> None:
    (inputs / "own.toml").write_text('[tcp-retransmission]\ncount = ["Tcp.RetransSeg"]\n')
    ran = netstat_parse("check", "--rules", "own.toml", "telnet.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "no netstat prints a counter Tcp.RetransSeg; did you mean Tcp.RetransSegs?" in ran.stderr


def test_moments_of_standard_input_are_compared() -> None:
    _, report = check("-@0", "-@1", text=BEFORE + AFTER + LATER)
    assert rules(report) == {"tcp-retransmission": "warning"}


@pytest.mark.usefixtures("inputs")
def test_one_moment_of_a_log_is_judged() -> None:
    assert check("log.txt@1")[1]["findings"] == check("after.txt")[1]["findings"]


@pytest.mark.usefixtures("inputs")
def test_a_moment_that_is_not_there_is_refused() -> None:
    ran = netstat_parse("check", "log.txt@7")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "no snapshot 7; log.txt has snapshots 0 to 2" in ran.stderr


@pytest.mark.usefixtures("inputs")
def test_a_baseline_that_cannot_be_judged_is_a_message_and_the_status_1(inputs: Path) -> None:
    (inputs / "expected.txt").write_text("tcp 0.0.0.0:23\n")
    ran = netstat_parse("check", "--baseline", "expected.txt", "after.txt", "telnet.txt", "--each")
    assert ran.returncode == 1
    assert "netstat-parse: after.txt: cannot be compared with the baseline: " in ran.stderr
    assert "telnet.txt: cannot" not in ran.stderr
