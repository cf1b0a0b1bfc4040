"""In a log, all records of the dumps are found, and no line of the noise is a record or a damaged row."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from noise import SAMPLE_NAMES, NoisyLog, make_noisy_log, read_sample

from netstat_parse import NetstatParseError, to_json
from support.samples import SAMPLES, get_encoding, parse_options, sample_id

NOISE_LINES = 3_000

TABLES = {"connections", "unix_sockets", "counters", "interfaces", "routes", "multicast_groups", "masquerades"}


@cache
def get_log() -> NoisyLog:
    return make_noisy_log([read_sample(name) for name in SAMPLE_NAMES], NOISE_LINES)


@cache
def parse_log() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(to_json(get_log().text))
    return document


def count_records(document: dict[str, Any]) -> Counter[str]:
    """Return how often each record occurs, without its place in the input."""
    records = ((table, record) for table in TABLES for record in document[table])
    return Counter(
        json.dumps([table, {key: value for key, value in record.items() if key not in {"line", "snapshot", "origin"}}])
        for table, record in records
    )


def test_the_dumps_are_many_and_of_both_systems() -> None:
    assert len(set(SAMPLE_NAMES)) == len(get_log().dump_lines) == 30
    assert {name.partition("/")[0] for name in SAMPLE_NAMES} == {"linux", "windows"}


def test_the_log_is_the_same_each_time() -> None:
    assert make_noisy_log(["x"], 500).text == make_noisy_log(["x"], 500).text


def test_dumps_are_where_the_generator_says() -> None:
    lines = get_log().text.split("\n")
    for name, numbers in zip(SAMPLE_NAMES, get_log().dump_lines, strict=True):
        assert [lines[number - 1] for number in numbers] == read_sample(name).rstrip("\n").split("\n")


def test_all_records_of_the_dumps_are_found() -> None:
    expected = sum((count_records(json.loads(to_json(read_sample(name)))) for name in SAMPLE_NAMES), Counter[str]())
    assert expected.total() > 1000
    assert count_records(parse_log()) == expected


def test_no_line_of_the_noise_is_a_damaged_row() -> None:
    inside = {number for numbers in get_log().dump_lines for number in numbers}
    found = [item for item in parse_log()["diagnostics"] if item["line"] not in inside]
    assert [item for item in found if item["code"] in {"unparsed-line", "truncated-row"}] == []


def test_no_line_of_the_noise_is_in_a_record() -> None:
    inside = {number for numbers in get_log().dump_lines for number in numbers}
    assert {record["line"] for table in TABLES for record in parse_log()[table]} <= inside


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_no_line_of_noise_below_a_dump_is_a_record(sample: Path) -> None:
    dump = sample.read_bytes().decode(get_encoding(sample), "replace").replace("\r\n", "\n").rstrip("\n")
    noise = make_noisy_log([], 150).text
    options = {name: value for name, value in parse_options(sample).items() if name != "encoding"}
    try:
        document = json.loads(to_json(f"{dump}\n\n$ \n{noise}", **options))
    except NetstatParseError:
        return  # a sample without a table
    end = dump.count("\n") + 1
    assert [record for table in TABLES for record in document[table] if record["line"] > end] == []
