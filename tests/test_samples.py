"""The records of each sample are those in its golden: ``tests/test_samples/linux/NAME.yml`` for ``samples/linux/NAME.txt``.

A sample is parsed once, and each fact about it is a subtest, so that a failure names all facts that do not hold.

``python -m pytest tests/test_samples.py --force-regen`` writes the goldens that differ or are missing: read them. The
format of goldens is documented in `support.goldens`.
"""

import json
import random
import re
from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from fuzz.invariants import RANDOM_PIECE_BYTES, Trickle
from netstat_parse import NetstatParseError, parse, stream, to_json
from netstat_parse.grammar.protocol import Section
from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.schema import TABLES, Dump
from netstat_parse.systems import catalog, vocabularies
from support.goldens import format_golden, format_value
from support.records import exact
from support.samples import (
    GOLDENS,
    SAMPLES,
    get_encoding,
    get_language,
    parse_options,
    parse_sample,
    sample_id,
)

SYSTEMS = catalog.systems()


def the_encoding_is_detected(sample: Path, dump: Dump) -> None:
    detected = dump.snapshots[-1].encoding
    assert detected is not None
    data = sample.read_bytes().removeprefix(BOM_UTF8)
    assert data.decode(detected, "replace") == data.decode(get_encoding(sample), "replace")


def the_language_is_the_one_in_the_name_or_english(sample: Path, dump: Dump) -> None:
    assert {snapshot.language for snapshot in dump.snapshots} <= {get_language(sample), "en", None}


def each_line_is_counted_once(sample: Path, dump: Dump) -> None:
    lines = dump.lines
    text = sample.read_bytes().decode(get_encoding(sample), "ignore")
    assert lines.total == len(re.findall("[^\n]*\n|[^\n]+$", text))
    assert lines.total == lines.records + lines.headings + lines.blank + lines.foreign + lines.unparsed


def each_unparsed_line_has_its_diagnostic(_sample: Path, dump: Dump) -> None:
    errors = {diagnostic.line for diagnostic in dump.diagnostics if diagnostic.severity == "error"}
    assert len(errors) == dump.lines.unparsed


def to_json_and_parse_have_the_same_records(sample: Path, dump: Dump) -> None:
    assert json.loads(to_json(sample.read_bytes(), **parse_options(sample))) == dump.model_dump(mode="json")


def a_stream_in_pieces_has_the_same_records(sample: Path, dump: Dump) -> None:
    sizes = random.Random(sample_id(sample)).choices(RANDOM_PIECE_BYTES, k=97)
    source = Trickle(sample.read_bytes(), sizes)
    records = list(stream(source, **parse_options(sample)))
    for table, model in TABLES.items():
        assert exact(record for record in records if type(record) is model) == exact(getattr(dump, table))


def single_lines_give_the_same_document(sample: Path, dump: Dump) -> None:
    data = sample.read_bytes()
    if data.endswith(b"\n"):
        lines = (line + b"\n" for line in data.split(b"\n")[:-1])
        assert json.loads(to_json(lines, **parse_options(sample))) == dump.model_dump(mode="json")


FACTS = (
    the_encoding_is_detected,
    the_language_is_the_one_in_the_name_or_english,
    each_line_is_counted_once,
    each_unparsed_line_has_its_diagnostic,
    to_json_and_parse_have_the_same_records,
    a_stream_in_pieces_has_the_same_records,
    single_lines_give_the_same_document,
)
"""Facts about every sample with a table."""


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_a_sample_has_the_records_of_its_golden_and_no_line_is_lost(
    sample: Path, subtests: pytest.Subtests, file_regression: FileRegressionFixture
) -> None:
    found = parse_sample(sample)
    with subtests.test("the golden"):
        file_regression.check(
            format_golden(found), basename=sample_id(sample), extension=".yml", encoding="utf-8", newline="\n"
        )
    if isinstance(found, NetstatParseError):
        return
    for holds in FACTS:
        with subtests.test(holds.__name__.replace("_", " ")):
            holds(sample, found)


def test_each_golden_has_its_sample() -> None:
    assert {sample_id(path) for path in GOLDENS.glob("*/*.yml")} <= {sample_id(sample) for sample in SAMPLES}


@given(
    st.recursive(
        st.text() | st.integers(),
        lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.text(), inner, min_size=1),
    )
)
def test_goldens_are_yaml(value: Any) -> None:  # noqa: ANN401 - any JSON value
    assert yaml.safe_load(format_value(value)) == value


def test_every_grammar_reads_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Section] = []

    def open_section(*arguments: Any, **keywords: Any) -> Section:  # noqa: ANN401 - the arguments of Section
        opened.append(Section(*arguments, **keywords))
        return opened[-1]

    monkeypatch.setattr("netstat_parse.reading.reader_state.Section", open_section)
    for sample in SAMPLES:
        with suppress(NetstatParseError):
            parse(sample.read_bytes(), **parse_options(sample))
    used = {section.table for section in opened}
    unused = [(system, g.name) for system in SYSTEMS for g in load_grammars(system) if g not in used]
    assert unused == []


def test_every_vocabulary_reads_a_sample() -> None:
    dumps = [found for found in map(parse_sample, SAMPLES) if isinstance(found, Dump)]
    used = {(snapshot.system, snapshot.language) for found in dumps for snapshot in found.snapshots}
    assert used >= {(system, tag) for system in SYSTEMS for tag in vocabularies.vocabularies(system)}
