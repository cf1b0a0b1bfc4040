"""A wheel holds what its sources give, and runs without pyparsing."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from netstat_parse import precompiled
from support.samples import SAMPLES

ROOT = Path(__file__).parents[1]

GENERATE = "import sys, hatch_build; hatch_build.write_files(hatch_build.Path(sys.stdin.read()))"

COMPARE_PATTERNS = """
import re, sys
from netstat_parse import precompiled as p

def described(pattern):
    return pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)

index, entries = p._open()
loaded = [p.marshal.loads(entries[offset:]) for offsets in index.values() for offset in offsets]
print(len(loaded))
for entry in loaded:
    if described(p._load(entry)) != described(re.compile(*entry[:2])):
        print(entry[:2])
"""

FAIL = """
import sys, hatch_build
try:
    hatch_build.print_samples(hatch_build.Path(sys.stdin.read()))
except RuntimeError as error:
    print(error)
"""

READ = """
import json, sys
from pathlib import Path

from netstat_parse.errors import NetstatParseError
from netstat_parse.reading.pipeline import read

def outcome(data):
    try:
        return [[rows.kind, rows.columns] for rows in read(data)]
    except NetstatParseError as error:
        return str(error)

noise = b"2024-05-01 12:00:01 INFO web-1 collecting\\n"
for name in json.load(sys.stdin):
    data = Path(name).read_bytes()
    print(json.dumps([outcome(data), outcome(noise + data + noise)], default=repr))
print(json.dumps(sorted(sys.modules.keys() & {"pyparsing", "tomllib", "dataclasses", "importlib.metadata"})))
"""

READ_EARLY = """
import gc
import io
from netstat_parse.formats.json_writer import change_snapshot, choose_encoding
from netstat_parse.reading import early_rows
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.rows import EncodedRows
from netstat_parse.workers.spawned import open_spawned_pool

class SmallReads(io.BytesIO):
    def read1(self, size=-1, /):
        return super().read1(1000)

early_rows.MIN_BLOCKS = 1
row = "tcp        0      0 10.0.0.1:{port}             10.0.0.2:4711           ESTABLISHED 123/sshd            \\n"
reading = Reading(SmallReads("".join(row.format(port=port) for port in range(1000, 1300)).encode()))
with open_spawned_pool(1, gc.disable) as pool:
    reading.row_workers = early_rows.RowWorkers(pool, 1, choose_encoding("ndjson", None), change_snapshot)
    print(sum(len(rows.encoded) for rows in reading.rows() if isinstance(rows, EncodedRows)))
"""


def run(code: str, *places: Path, data: str = "") -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", code]
    ran = subprocess.run(command, env=environment, input=data, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel, as pip does."""
    folder = tmp_path_factory.mktemp("installed")
    ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the content of each file that is generated from the sources, by its path in the package.

    Another distribution, which is installed, adds a language and a system: a wheel must have neither.
    """
    folder, other = tmp_path_factory.mktemp("generated"), tmp_path_factory.mktemp("other")
    info, words = other / "router-1.0.dist-info", other / "router/words"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[netstat_parse.grammars]\nlinux = router\nrouter = router\n", "utf-8")
    words.mkdir(parents=True)
    (words.parent / "__init__.py").touch()
    (words / "x-router.toml").write_text('[titles]\n"Öffentliche Liste" = "Active Internet connections"\n', "utf-8")
    run(GENERATE, ROOT, other, data=str(folder))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_generated_files_are_those_that_the_sources_give(installed: Path, generated: dict[str, bytes]) -> None:
    package = installed / "netstat_parse"
    names = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    written = {name for name in names if any((place / name).exists() for place in (ROOT, ROOT / "netstat_parse"))}
    assert names - written == generated.keys()
    for name, content in generated.items():
        assert (package / name).read_bytes() == content, name


def test_no_generated_file_is_in_the_sources(generated: dict[str, bytes]) -> None:
    places = [place / name for name in generated for place in (ROOT, ROOT / "netstat_parse")]
    assert [path for path in places if path.exists()] == []


def test_all_samples_are_read_alike_and_without_pyparsing(installed: Path) -> None:
    names = json.dumps([str(sample) for sample in SAMPLES])
    *from_wheel, imported = run(READ, installed, data=names).splitlines()
    *from_sources, _ = run(READ, ROOT, data=names).splitlines()
    assert imported == "[]"
    assert len(from_wheel) == len(SAMPLES)
    assert from_wheel == from_sources


def test_workers_read_a_long_table_of_a_wheel_too(installed: Path) -> None:
    from_wheel, from_sources = (int(run(READ_EARLY, place)) for place in (installed, ROOT))
    assert from_wheel == from_sources > 0


def test_the_benchmark_measures_an_installed_wheel(installed: Path) -> None:
    pytest.importorskip("jc", reason="the benchmark compares with jc")
    pytest.importorskip("pyarrow", reason="the benchmark writes Parquet")
    pytest.importorskip("resource", reason="the benchmark measures memory as Linux and macOS count it")
    command = [sys.executable, str(ROOT / "tests/benchmark"), "--quick", "--only", "commands"]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    ran = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    assert " (wheel), " in ran.stdout
    assert "| from_netstat of Ansible | " in ran.stdout


def test_the_bounds_of_pyparsing_are_the_same_for_building() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (building,) = (text for text in project["build-system"]["requires"] if text.startswith("pyparsing"))
    assert building in project["project"]["dependencies"]


@pytest.mark.parametrize(
    ("text", "flags"),
    [("a(?P<name>b)?([c-é])", 0), (r"(?i:x)|\d++", re.VERBOSE), (rb"[\x80-\xff]+", 0), ("Ä", re.IGNORECASE), ("", 0)],
)
def test_a_precompiled_pattern_is_the_same(text: Any, flags: int) -> None:  # noqa: ANN401 - text or bytes
    loaded = precompiled._load(precompiled._compile(text, int(flags)))  # noqa: SLF001 - what a wheel does
    expected = re.compile(text, flags)
    assert loaded == expected
    assert (loaded.flags, loaded.groups, loaded.groupindex) == (expected.flags, expected.groups, expected.groupindex)


def test_each_pattern_of_a_wheel_is_the_same(installed: Path) -> None:
    count, *others = run(COMPARE_PATTERNS, installed).splitlines()
    assert others == []
    assert int(count) > 100


def test_no_wheel_is_built_if_the_samples_cannot_be_printed(tmp_path: Path) -> None:
    assert "cannot print the samples" in run(FAIL, ROOT, data=str(tmp_path))


def test_a_run_of_a_wheel_compiles_no_pattern_on_import(installed: Path) -> None:
    code = (
        "from netstat_parse import precompiled as p\n"
        "p.re = None\n"  # nothing can be compiled any more
        "import netstat_parse.cli.files, netstat_parse.formats.json_writer\n"
        "print(len(p._open()[0]))"
    )
    assert int(run(code, installed)) > 100


def test_another_release_of_python_compiles_all_patterns(installed: Path) -> None:
    code = (
        "from netstat_parse import precompiled as p\n{change}\nprint(len(p._open()[0]), p.compile_pattern('a').pattern)"
    )
    for change in ("p._release = lambda: ('another',)", "p.FILE += 't'"):
        assert run(code.format(change=change), installed).split() == ["0", "a"]


@pytest.mark.parametrize("size", [0, 2, 100, 300_000])
def test_a_file_of_patterns_that_is_not_whole_is_left_alone(installed: Path, tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut"
    cut.write_bytes((installed / "netstat_parse" / precompiled.FILE).read_bytes()[:size])
    code = f"from netstat_parse import precompiled as p\np.FILE = {str(cut)!r}\nprint(p.compile_pattern('a').pattern)"
    assert run(code, installed) == "a\n"


def test_patterns_of_one_length_and_end_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = {(f"{letter}(?P<end>[0-9]{{3,}})", flags) for letter in "ab" for flags in (0, int(re.IGNORECASE))}
    path = tmp_path / "compiled"
    path.write_bytes(precompiled.generate(patterns))
    monkeypatch.setattr(precompiled, "FILE", str(path))
    precompiled._open.cache_clear()  # noqa: SLF001
    try:
        assert len(precompiled._open()[0]) == 1  # noqa: SLF001
        for text, flags in patterns:
            assert precompiled.compile_pattern(text, flags) == re.compile(text, flags)
        assert precompiled.compile_pattern("c(?P<end>[0-9]{3,})").match("c123")
    finally:
        precompiled._open.cache_clear()  # noqa: SLF001


def test_a_wheel_of_the_source_distribution_has_the_same_files(wheel: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path), "--target"]
    subprocess.run([*build, "sdist"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    (tmp_path / "lowered").mkdir()
    (tmp_path / "lowered/_left_by_an_interrupted_build.py").touch()
    subprocess.run(
        [*build, "wheel"], cwd=tmp_path / archive.name.removesuffix(".tar.gz"), check=True, capture_output=True
    )
    (rebuilt,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as ours, ZipFile(rebuilt) as other:
        names = sorted(name for name in ours.namelist() if not name.endswith("RECORD"))
        assert sorted(name for name in other.namelist() if not name.endswith("RECORD")) == names
        assert [name for name in names if ours.read(name) != other.read(name)] == []
