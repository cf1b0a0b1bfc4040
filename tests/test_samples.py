"""Every sample is read as its golden says: ``samples/linux/NAME.txt`` as ``tests/test_samples/linux/NAME.yml``.

A golden is YAML with one record a line, so that a change shows which records it changes::

    connections:
    - {line: 3, protocol: tcp, family: ipv4, local_address: 0.0.0.0, local_port: 22, state: listen, state_text: LISTEN}

What was not printed is left out, and so is the number of the snapshot where there is but one. A sample without any
table has the error instead. ``pytest tests/test_samples.py --force-regen`` writes the goldens that differ or are
missing: read what it wrote.
"""

import json
import random
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from netstat_parse import NetstatParseError, parse, stream, to_json
from netstat_parse.grammar.protocol import Section
from netstat_parse.schema import TABLES, Dump
from netstat_parse.systems import catalog, vocabularies
from support.samples import SAMPLES, asked, dump, encoding, language, name, read

SYSTEMS = catalog.systems()

BARE = re.compile(r"[A-Za-z_][\w/-]*|\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
"""Text that YAML takes for text without quotes; the second is an IPv4 address."""
EMPTY: tuple[object, ...] = (None, [], {})
NO_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def golden(sample: Path) -> str:
    found = read(sample)
    if isinstance(found, NetstatParseError):
        return f"error: {flow(str(found))}\n"
    return "".join(f"{line}\n" for line in document(found.model_dump(mode="json")))


def document(tables: dict[str, Any]) -> Iterator[str]:
    has_one_snapshot = len(tables["snapshots"]) == 1
    for table, records in tables.items():
        if table in TABLES and records:
            yield f"{table}:"
            for record in records:
                if has_one_snapshot:
                    record.pop("snapshot", None)
                yield f"- {flow(record)}"
    yield f"lines: {flow({kind: count for kind, count in tables['lines'].items() if count})}"


def flow(value: Any) -> str:  # noqa: ANN401 - whatever a record is made of
    """YAML on one line, without what was not printed."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{flow(key)}: {flow(item)}' for key, item in value.items() if item not in EMPTY)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str) and BARE.fullmatch(value) and value.lower() not in NO_TEXT:
        return value
    characters = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in characters)


class Trickle:
    """A file that gives what it likes."""

    def __init__(self, data: bytes, seed: str) -> None:
        self.data = data
        self.random = random.Random(seed)

    def read(self, size: int, /) -> bytes:
        length = min(size, self.random.choice([1, 2, 7, 80, 1000, 9999]))
        piece, self.data = self.data[:length], self.data[length:]
        return piece


each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=name)


@each_sample
def test_a_sample_is_read_as_its_golden_says(sample: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(golden(sample), basename=name(sample), extension=".yml", encoding="utf-8", newline="\n")


def test_each_golden_has_its_sample() -> None:
    goldens = {name(path) for path in Path(__file__).with_suffix("").glob("*/*.yml")}
    assert goldens <= {name(sample) for sample in SAMPLES}


@given(
    st.recursive(
        st.text() | st.integers(),
        lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.text(), inner, min_size=1),
    )
)
def test_goldens_are_yaml(value: Any) -> None:  # noqa: ANN401 - anything
    assert yaml.safe_load(flow(value)) == value


@each_sample
def test_the_encoding_of_a_sample_is_told(sample: Path) -> None:
    told = dump(sample).snapshots[-1].encoding
    assert told is not None
    data = sample.read_bytes().removeprefix(BOM_UTF8)
    assert data.decode(told, "replace") == data.decode(encoding(sample), "replace")


@each_sample
def test_no_sample_is_taken_for_another_language(sample: Path) -> None:
    assert {snapshot.language for snapshot in dump(sample).snapshots} <= {language(sample), "en", None}


@each_sample
def test_each_line_of_a_sample_is_accounted_for(sample: Path) -> None:
    lines = dump(sample).lines
    text = sample.read_bytes().decode(encoding(sample), "ignore")
    assert lines.total == len(re.findall("[^\n]*\n|[^\n]+$", text))
    assert lines.total == lines.records + lines.headings + lines.blank + lines.foreign + lines.unparsed


@each_sample
def test_each_unparsed_line_of_a_sample_has_its_diagnostic(sample: Path) -> None:
    errors = {diagnostic.line for diagnostic in dump(sample).diagnostics if diagnostic.severity == "error"}
    assert len(errors) == dump(sample).lines.unparsed


@each_sample
def test_json_is_what_the_objects_hold(sample: Path) -> None:
    whole = dump(sample).model_dump(mode="json")
    assert json.loads(to_json(sample.read_bytes(), **asked(sample))) == whole


@each_sample
def test_a_stream_in_any_pieces_gives_the_records_of_the_whole(sample: Path) -> None:
    whole = dump(sample)
    records = list(stream(Trickle(sample.read_bytes(), name(sample)), **asked(sample)))
    for table, model in TABLES.items():
        assert [record for record in records if type(record) is model] == getattr(whole, table)


def test_every_grammar_reads_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Section] = []

    def open_section(*told: Any, **more: Any) -> Section:  # noqa: ANN401 - whatever a section is made of
        opened.append(Section(*told, **more))
        return opened[-1]

    monkeypatch.setattr("netstat_parse.reading.sections.Section", open_section)
    for sample in SAMPLES:
        with suppress(NetstatParseError):
            parse(sample.read_bytes(), **asked(sample))
    used = {section.table for section in opened}
    unused = [(system, g.name) for system in SYSTEMS for g in catalog.grammars(system) if g not in used]
    assert unused == []


def test_every_vocabulary_reads_a_sample() -> None:
    dumps = [found for found in map(read, SAMPLES) if isinstance(found, Dump)]
    used = {(snapshot.system, snapshot.language) for found in dumps for snapshot in found.snapshots}
    assert used >= {(system, tag) for system in SYSTEMS for tag in vocabularies.vocabularies(system)}
