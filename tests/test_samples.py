"""Every sample is read as its golden says: ``samples/linux/NAME.txt`` as ``tests/test_samples/linux/NAME.yml``.

A sample is parsed once, and each fact that must hold of it is a subtest, so that a failure names all facts that do not.

``python -m pytest tests/test_samples.py --force-regen`` writes the goldens that differ or are missing: read them. The
format of a golden is documented in `support.goldens`.
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

from fuzz.invariants import Trickle
from netstat_parse import NetstatParseError, parse, stream, to_json
from netstat_parse.grammar.protocol import Section
from netstat_parse.reading.grammars import grammars
from netstat_parse.schema import TABLES, Dump
from netstat_parse.systems import catalog, vocabularies
from support.goldens import format_golden, format_value
from support.samples import (
    GOLDENS,
    SAMPLES,
    encoding_from_name,
    language_from_name,
    parse_options,
    parse_sample,
    sample_id,
)

SYSTEMS = catalog.systems()


def the_encoding_is_detected(sample: Path, dump: Dump) -> None:
    detected = dump.snapshots[-1].encoding
    assert detected is not None
    data = sample.read_bytes().removeprefix(BOM_UTF8)
    assert data.decode(detected, "replace") == data.decode(encoding_from_name(sample), "replace")


def the_language_is_no_other(sample: Path, dump: Dump) -> None:
    assert {snapshot.language for snapshot in dump.snapshots} <= {language_from_name(sample), "en", None}


def each_line_is_counted_once(sample: Path, dump: Dump) -> None:
    lines = dump.lines
    text = sample.read_bytes().decode(encoding_from_name(sample), "ignore")
    assert lines.total == len(re.findall("[^\n]*\n|[^\n]+$", text))
    assert lines.total == lines.records + lines.headings + lines.blank + lines.foreign + lines.unparsed


def each_unparsed_line_has_its_diagnostic(_sample: Path, dump: Dump) -> None:
    errors = {diagnostic.line for diagnostic in dump.diagnostics if diagnostic.severity == "error"}
    assert len(errors) == dump.lines.unparsed


def the_json_is_what_the_objects_hold(sample: Path, dump: Dump) -> None:
    assert json.loads(to_json(sample.read_bytes(), **parse_options(sample))) == dump.model_dump(mode="json")


def a_stream_in_chunks_of_any_size_has_the_same_records(sample: Path, dump: Dump) -> None:
    source = Trickle(sample.read_bytes(), random.Random(sample_id(sample)))
    records = list(stream(source, **parse_options(sample)))
    for table, model in TABLES.items():
        assert [record for record in records if type(record) is model] == getattr(dump, table)


FACTS = (
    the_encoding_is_detected,
    the_language_is_no_other,
    each_line_is_counted_once,
    each_unparsed_line_has_its_diagnostic,
    the_json_is_what_the_objects_hold,
    a_stream_in_chunks_of_any_size_has_the_same_records,
)
"""Facts that hold for every sample with a table."""


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_a_sample_is_read_as_its_golden_says_and_nothing_is_lost(
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
def test_goldens_are_yaml(value: Any) -> None:  # noqa: ANN401 - anything
    assert yaml.safe_load(format_value(value)) == value


def test_every_grammar_reads_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Section] = []

    def open_section(*arguments: Any, **keywords: Any) -> Section:  # noqa: ANN401 - whatever a section is made of
        opened.append(Section(*arguments, **keywords))
        return opened[-1]

    monkeypatch.setattr("netstat_parse.reading.sections.Section", open_section)
    for sample in SAMPLES:
        with suppress(NetstatParseError):
            parse(sample.read_bytes(), **parse_options(sample))
    used = {section.table for section in opened}
    unused = [(system, g.name) for system in SYSTEMS for g in grammars(system) if g not in used]
    assert unused == []


def test_every_vocabulary_reads_a_sample() -> None:
    dumps = [found for found in map(parse_sample, SAMPLES) if isinstance(found, Dump)]
    used = {(snapshot.system, snapshot.language) for found in dumps for snapshot in found.snapshots}
    assert used >= {(system, tag) for system in SYSTEMS for tag in vocabularies.vocabularies(system)}
