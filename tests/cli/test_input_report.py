"""Standard error: a few diagnostics with their lines, many as one summary line for each input."""

from pathlib import Path

import pytest

from support.command_line import CUT, LISTING, netstat_parse
from support.terminal import run_on_terminal

ONE_CUT = (
    "netstat-parse: standard input:4: row cut short: expected Foreign Address\n"
    "    tcp        0      0 10.0.0.1:22\n"
    "                                   ^\n"
)
MANY_CUT = "standard input: 1 run of netstat, 1 record, 4 damaged rows"
TWO_RUNS = f"$ netstat -tl\n{LISTING}\n$ netstat -tl\n{LISTING}"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_up_to_three_damaged_rows_are_quoted_without_a_summary(count: int) -> None:
    ran = netstat_parse(text=LISTING + CUT * count)
    assert (ran.returncode, ran.stderr.startswith(ONE_CUT), ran.stderr.count("\n")) == (0, True, 3 * count)
    assert "damaged" not in ran.stderr


def test_more_damaged_rows_are_summed_up_in_one_line() -> None:
    ran = netstat_parse(text=LISTING + CUT * 4)
    assert (ran.returncode, ran.stderr) == (0, f"netstat-parse: {MANY_CUT}\n")


def test_a_summary_counts_runs_records_and_other_lines() -> None:
    log = "the customer wrote\n" * 1200 + f"$ netstat -tl\n{LISTING}{CUT * 5}\n$ netstat -tl\n{LISTING}"
    assert netstat_parse(text=log).stderr == (
        "netstat-parse: standard input: 2 runs of netstat, 2 records, 5 damaged rows; 1,202 lines of other text\n"
    )


def test_warnings_are_counted_apart_from_damaged_rows() -> None:
    rows = LISTING.splitlines()[2].encode() + b" 281/caf\xe9 \n"
    ran = netstat_parse("-e", "utf-8", text=LISTING.encode() + rows * 6 + CUT.encode())
    assert ran.stderr.endswith(" 7 records, 1 damaged row, 6 warnings\n")


def test_verbose_prints_each_diagnostic_and_the_summary() -> None:
    ran = netstat_parse("-v", text=LISTING + CUT * 4)
    assert (ran.returncode, ran.stderr.startswith(ONE_CUT), ran.stderr.count("^")) == (0, True, 4)
    assert ran.stderr.endswith(f"^\nnetstat-parse: {MANY_CUT}\n")


def test_verbose_sums_up_a_clean_dump() -> None:
    assert netstat_parse("-v", text=LISTING).stderr == "netstat-parse: standard input: 1 run of netstat, 1 record\n"


def test_strict_quotes_all_damaged_rows() -> None:
    ran = netstat_parse("--strict", text=LISTING + CUT * 4)
    assert (ran.returncode, ran.stderr.count("^")) == (1, 4)


@pytest.mark.parametrize(("options", "status"), [(["-q"], 0), (["-q", "--strict"], 1), (["-q", "-v"], 0)])
def test_quiet_prints_nothing_about_lines(options: list[str], status: int) -> None:
    ran = netstat_parse(*options, text=LISTING + CUT * 4)
    assert (ran.returncode, ran.stderr) == (status, "")


def test_quiet_prints_why_there_are_no_records() -> None:
    ran = netstat_parse("-q", text="nothing here\n")
    assert (ran.returncode, ran.stderr.count("no netstat table")) == (1, 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_of_several_inputs_gets_one_line(jobs: int, tmp_path: Path) -> None:
    for name, text in {"a.txt": LISTING + CUT, "b.txt": LISTING, "c.txt": LISTING + CUT * 4}.items():
        (tmp_path / name).write_text(text)
    assert netstat_parse("-j", jobs, tmp_path).stderr.splitlines() == [
        f"netstat-parse: {tmp_path}/a.txt: 1 run of netstat, 1 record, 1 damaged row",
        f"netstat-parse: {tmp_path}/c.txt: 1 run of netstat, 1 record, 4 damaged rows",
    ]


@pytest.mark.parametrize("text", [LISTING, TWO_RUNS])
def test_nothing_is_printed_about_clean_input_in_a_pipe(text: str) -> None:
    assert netstat_parse(text=text).stderr == ""


def test_a_terminal_gets_the_summary_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "customer.log"
    log.write_text(TWO_RUNS)
    ran = run_on_terminal(log)
    assert ran.stderr == f"netstat-parse: {log}: 2 runs of netstat, 2 records; 2 lines of other text\n"


def test_a_terminal_gets_no_summary_of_a_clean_dump(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text(LISTING)
    assert run_on_terminal(dump).stderr == ""


def test_the_document_has_all_diagnostics_that_are_summed_up() -> None:
    printed = netstat_parse("-f", "ndjson", text=LISTING + CUT * 40).stdout
    assert printed.count('"kind":"diagnostic"') == 40
