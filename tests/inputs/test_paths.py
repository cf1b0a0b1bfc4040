"""Folders and patterns are expanded to files."""

import glob
import os
from pathlib import Path

import pytest

from netstat_parse.inputs.paths import find_paths, is_address
from support.command_line import netstat_parse
from support.log_folder import make_logs, ports_by_source


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return make_logs(tmp_path)


def test_all_files_below_a_folder_are_read_in_order(logs: Path) -> None:
    ran = netstat_parse(logs)
    assert list(ports_by_source(ran).items()) == [
        (f"{logs}/a.txt", [2]),
        (f"{logs}/b/1.txt", [3]),
        (f"{logs}/b/2.txt", [1]),
    ]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_all_matches_of_a_pattern_are_read(logs: Path) -> None:
    assert list(ports_by_source(netstat_parse(f"{logs}/b/*.txt"))) == [f"{logs}/b/1.txt", f"{logs}/b/2.txt"]
    assert len(ports_by_source(netstat_parse(f"{logs}/**/*.txt"))) == 3


def test_a_pattern_without_a_match_is_an_error() -> None:
    ran = netstat_parse("/nonexistent/*.txt")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /nonexistent/*.txt: no file matches this pattern\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("s3://bucket/x", True),
        ("simplecache::s3://bucket/x", True),
        ("zip://a.txt::file:///x.zip", True),
        ("git+https://x", True),
        ("C://dumps", False),
        ("./ab://c.txt", False),
        ("dumps/ab://c.txt", False),
        ("7z://x", False),
        ("a_b://x", False),
        ("://x", False),
    ],
)
def test_an_address_begins_with_a_scheme_name(name: str, *, expected: bool) -> None:
    assert is_address(name) is expected


@pytest.mark.skipif(os.name == "nt", reason="a colon is not allowed in names")
def test_a_path_with_the_mark_of_an_address_is_read(tmp_path: Path) -> None:
    (tmp_path / "ab:").mkdir()
    (logs := tmp_path / "ab:/c.txt").write_text("tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n")
    code = (
        f"import os, sys; os.chdir({str(tmp_path)!r}); from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    assert logs.exists()
    assert ports_by_source(netstat_parse("./ab://c.txt", code=code)) == {"./ab://c.txt": [22]}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "a.txt",
        "d/a.txt",
        "d/e/b.txt",
        "d/e/f/c.log",
        "d/.hidden/x.txt",
        "d/.x.txt",
        "[d]/a.txt",
        "d/e2/b.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "pattern",
    [
        *("**", "**/*.txt", "d/**", "./d/**/*.txt", "d/**/e/*", "**/e*/**/*", "d/../d/**/b.txt", "*/**/a.txt"),
        *("[[]d]/**", "d/**/", "**/**/*.log", "d/e**", "**/.x.txt", "{}/**/*.txt"),
    ],
)
def test_a_pattern_matches_what_glob_matches(tree: Path, pattern: str) -> None:
    pattern = pattern.format(tree)
    files = [path for path in glob.glob(pattern, recursive=True) if Path(path).is_file()]  # noqa: PTH207 - the same
    below = [f"{path.rstrip('/')}/" for path in glob.glob(pattern, recursive=True) if Path(path).is_dir()]  # noqa: PTH207
    found = list(find_paths(pattern))
    assert set(files) <= set(found)
    assert all(path in files or path.startswith(tuple(below)) for path in found)
    assert len(set(found)) == len(found)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_in_a_circle_are_not_followed(tree: Path) -> None:
    for link in ("d/l1", "d/l2", "d/e/l3"):
        (tree / link).symlink_to(tree / "d")
    assert list(find_paths("d/**/*.txt")) == ["d/a.txt", "d/e/b.txt", "d/e2/b.txt"]
    assert list(find_paths("d/**")) == list(find_paths("d"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_that_a_pattern_matches_is_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe.txt")
    names = {Path(path).name for path in find_paths(f"{tree}/**")}
    assert names
    assert "pipe.txt" not in names
