"""The functions of the package say what to use where a path and a text were confused."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import netstat_parse as np

ROW = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n"
PARSERS: list[Callable[..., Any]] = [np.parse, np.to_json, lambda source: list(np.stream(source))]
HINT = r"a path is not opened: use parse_file\(path\), or an open file"

each_parser = pytest.mark.parametrize("parse", PARSERS, ids=["parse", "to_json", "stream"])


@each_parser
@pytest.mark.parametrize(
    "path", ["dump.txt", "my dump.log", "/var/log/x", r"\\host\share", "x\0y", "\ud800.txt", "README.md"]
)
def test_the_error_for_a_path_suggests_parse_file(
    parse: Callable[..., Any], path: str | bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for: list[object] = []
    monkeypatch.setattr(os, "stat", lambda *given, **_: looked_for.append(given))
    with pytest.raises(np.NetstatParseError, match=HINT):
        parse(path)
    assert looked_for == []


@each_parser
@pytest.mark.parametrize("text", ["dear support", "a/b\nc/d\n", "", "x" * 5000, b"\xff\xfe", b"\x80", b"dump.txt"])
def test_the_error_for_a_text_suggests_no_path(parse: Callable[..., Any], text: str | bytes) -> None:
    with pytest.raises(np.NetstatParseError) as caught:
        parse(text)
    assert "parse_file" not in str(caught.value)


def test_the_error_for_a_path_has_the_name_of_the_input() -> None:
    with pytest.raises(np.NetstatParseError, match=r"^pasted: no netstat table in 1 line of text"):
        np.parse("dump.txt", name="pasted")


@pytest.mark.parametrize(("function", "parse"), [("parse", np.parse), ("to_json", np.to_json), ("stream", np.stream)])
def test_a_path_object_is_refused(function: str, parse: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=rf"^{function} takes the output of netstat, not its path: use parse_file"):
        parse(Path("dump.txt"))


@pytest.mark.parametrize("parse", [np.parse, np.to_json, np.stream])
@pytest.mark.parametrize("value", [None, 5, 1.5, {"stdout": ROW}])
def test_what_is_no_text_is_refused(parse: Callable[..., Any], value: object) -> None:
    with pytest.raises(TypeError, match=f"as text, bytes, an open file, or lines, not {type(value).__name__}"):
        parse(value)


@pytest.mark.parametrize("source", [io.StringIO(ROW), io.BytesIO(ROW.encode()), [ROW], bytearray(ROW.encode())])
def test_parse_takes_whatever_stream_takes(source: Any) -> None:  # noqa: ANN401 - any source
    assert np.parse(source).connections[0].local_port == 22


@pytest.mark.parametrize("text", [ROW, ROW.strip(), ROW * 999, f"\0{ROW}", "a\nb"])
def test_the_error_for_a_text_as_the_path_suggests_parse(text: str) -> None:
    with pytest.raises(OSError, match="this seems to be the output of netstat: use parse") as caught:
        np.parse_file(text)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("name", ["nothing.txt", "my dump of today.txt"])
def test_the_error_for_a_missing_file_names_it(name: str) -> None:
    with pytest.raises(FileNotFoundError, match=f"No such file or directory: '{name}'"):
        np.parse_file(name)


@pytest.mark.parametrize("name", ["x" * 5000, "nofile\0"])
def test_the_error_for_an_impossible_name_does_not_suggest_parse(name: str) -> None:
    with pytest.raises(OSError, match=r"name too long|null") as caught:
        np.parse_file(name)
    assert "use parse" not in str(caught.value)


def test_listeners_and_check_refuse_what_is_no_dump() -> None:
    with pytest.raises(TypeError, match="listeners takes a Dump, as of parse"):
        np.listeners("x")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match=r"check takes a Dump, as of parse\(text\) or parse_file\(path\), .* not str"):
        np.check("net-s.txt")  # type: ignore[arg-type]


def test_limits_of_a_run_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="timeout must be a number of seconds above 0, not x"):
        np.run(timeout="x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="max_output takes a number of bytes, not str"):
        np.run(max_output="x")  # type: ignore[arg-type]


def test_a_file_whose_name_looks_like_output_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a b c d e f"
    path.write_text(ROW)
    assert len(np.parse_file(str(path))) == 1


@pytest.mark.parametrize("value", [None, 5, io.StringIO(ROW), ROW.encode()])
def test_parse_file_refuses_what_is_no_path(value: Any) -> None:  # noqa: ANN401 - any value
    with pytest.raises(TypeError, match=f"parse_file takes a path, not {type(value).__name__}: parse"):
        np.parse_file(value)
