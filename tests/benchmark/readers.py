"""Scenes of whole dumps and of a log, compared with a bare split and with jc."""

import json
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from dumps import DUMPS
from noise import SAMPLE_NAMES, NoisyLog, make_noisy_log, read_sample
from scene import Case, Ratio, Scene, Sizes, run_command_line

import netstat_parse
from netstat_parse.records.diagnostics import LINE_ERRORS

OF_SPLIT = Ratio("of the split", "bare split")
OF_JC = Ratio("times as fast as jc", "jc", is_speed=True)
MIN_STREAM_ROWS = 1000


def make_reader_scenes(sizes: Sizes) -> list[Scene]:
    """Make the scenes of dumps, a log, and streams."""
    dumps = [
        Scene(f"{name}, {sizes.rows:,} rows", "µs a row", partial(_read_dump, name, sizes.rows))
        for name in ("Linux -anp", "Windows -ano")
    ]
    noise = sizes.noise_lines
    return [
        *dumps,
        Scene(f"log, {noise:,} lines", "µs a line", partial(_read_log, noise), partial(_describe_found, noise)),
        Scene(
            f"stream of {sizes.stream_rows:,} lines",
            "µs a line",
            partial(_read_streams, sizes.stream_rows),
            has_memory=False,
        ),
    ]


def bare_split(text: str) -> list[list[str]]:
    """Split each line at its blanks, the least work that any parser does."""
    return [line.split() for line in text.splitlines()]


def _read_dump(name: str, rows: int, folder: Path) -> Sequence[Case]:
    text = DUMPS[name](rows)
    data, unix = text.encode(), text.replace("\r\n", "\n")
    path = folder / "dump.txt"
    path.write_bytes(data)
    ratios = (OF_SPLIT, OF_JC)
    return [
        Case("bare split", lambda: bare_split(text), rows, ratios, is_ours=False),
        Case("to_json", lambda: netstat_parse.to_json(data), rows, ratios),
        Case("netstat-parse FILE", lambda: run_command_line(str(path)), rows, ratios),
        Case("parse", lambda: netstat_parse.parse(data), rows, ratios),
        Case("jc", lambda: _run_jc(unix), rows, ratios, is_ours=False),
    ]


def _run_jc(text: str) -> str:
    import jc  # on use, because it would count as memory of the others

    return json.dumps(jc.parse("netstat", text, quiet=True), ensure_ascii=False, separators=(",", ":"))


def _make_log(noise_lines: int) -> NoisyLog:
    return make_noisy_log([read_sample(name) for name in SAMPLE_NAMES], noise_lines)


def _read_log(noise_lines: int, folder: Path) -> Sequence[Case]:
    text = _make_log(noise_lines).text
    lines = text.count("\n")
    path = folder / "customer.log"
    path.write_text(text)
    return [
        Case("bare split", lambda: bare_split(text), lines, [OF_SPLIT], is_ours=False),
        Case("to_json", lambda: netstat_parse.to_json(text), lines, [OF_SPLIT]),
        Case("-f ndjson FILE", lambda: run_command_line("-q", "-f", "ndjson", str(path)), lines, [OF_SPLIT]),
    ]


def _describe_found(noise_lines: int) -> str:
    """Return how many records of the dumps in a log are found, and how many lines of the noise are reported as rows."""
    log = _make_log(noise_lines)
    dumps = map(read_sample, SAMPLE_NAMES)
    inside = {number for numbers in log.dump_lines for number in numbers}
    diagnostics = json.loads(netstat_parse.to_json(log.text))["diagnostics"]
    alarms = sum(item["code"] in LINE_ERRORS and item["line"] not in inside for item in diagnostics)
    found, expected = _count_records(log.text), sum(map(_count_records, dumps))
    return (
        f"Of {expected:,} records in the log, {found:,} were found;"
        f" {alarms:,} lines of the noise were reported as damaged rows."
    )


def _count_records(text: str) -> int:
    """Return the number of records of all tables in a text."""
    document = json.loads(netstat_parse.to_json(text))
    about_input = ("snapshots", "diagnostics")
    return sum(len(table) for name, table in document.items() if isinstance(table, list) and name not in about_input)


def _read_streams(max_rows: int, folder: Path) -> Sequence[Case]:
    """Return a short and a long stream of each dump: the time of a line does not depend on the length."""
    cases = []
    for number, (name, make_dump) in enumerate(DUMPS.items()):
        short = f"{name}, {MIN_STREAM_ROWS:,}"
        ratio = Ratio(f"of {MIN_STREAM_ROWS:,} lines", short)
        for case, rows in ((short, MIN_STREAM_ROWS), (name, max_rows)):
            path = folder / f"{number}-{rows}.txt"
            path.write_bytes(make_dump(rows).encode())
            cases.append(Case(case, partial(_stream, path), rows, [ratio]))
    return cases


def _stream(path: Path) -> None:
    with path.open("rb") as file:
        deque(netstat_parse.stream(file), maxlen=0)
