"""`run` on a simulated Windows: a system folder, a code page, and a netstat.exe that prints samples."""

import sys
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live import windows
from netstat_parse.live.locate import NoNetstatError, locate_command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="simulates Windows")

SAMPLES = Path(__file__).parents[2] / "samples" / "windows"
SAMPLE_BY_OPTION = {
    "-ano": "windows-10.de.ano.cp850.txt",
    "-s": "windows-10.de.s.cp850.txt",
    "-e": "windows-10.de.e.cp1252.txt",
    "-rn": "windows-10.de.r.cp850.txt",
}


@pytest.fixture(autouse=True)
def system32(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "System32"
    folder.mkdir()
    for option, sample in SAMPLE_BY_OPTION.items():
        text = (SAMPLES / sample).read_bytes().decode(sample.split(".")[-2])
        (folder / f"{option}.txt").write_bytes(text.encode("cp850"))
    program = folder / "netstat.exe"
    program.write_text('#!/bin/sh\nexec cat -- "$1.txt"\n')  # it runs in the system folder
    program.chmod(0o755)
    monkeypatch.setattr(windows, "system_folder", lambda: str(folder))
    monkeypatch.setattr(windows, "console_encoding", lambda: "cp850")
    monkeypatch.setattr(windows, "is_elevated", lambda: False)
    return folder


def test_netstat_is_found_in_the_system_folder(system32: Path) -> None:
    assert locate_command() == [str(system32 / "netstat.exe")]


def test_path_and_the_current_folder_are_not_searched(system32: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "system_folder", lambda: str(system32.parent))
    monkeypatch.setenv("PATH", str(system32))
    monkeypatch.chdir(system32)
    with pytest.raises(NoNetstatError, match="a part of Windows"):
        locate_command()


def test_all_topics_except_groups_are_queried() -> None:
    dump = np.run()
    assert [snapshot.argv[1:] for snapshot in dump.snapshots] == [[option] for option in SAMPLE_BY_OPTION]
    assert {snapshot.system for snapshot in dump.snapshots} == {"windows"}
    assert all((dump.connections, dump.counters, dump.interfaces, dump.routes))


def test_output_is_decoded_with_the_code_page_of_the_console() -> None:
    dump = np.run()
    assert {snapshot.encoding for snapshot in dump.snapshots} == {"cp850"}
    assert {snapshot.language for snapshot in dump.snapshots} == {"de"}
    assert "ABHÖREN" in {connection.state_text for connection in dump.connections}


def test_unsupported_topics_and_hidden_programs_are_diagnostics() -> None:
    assert [(diagnostic.code, diagnostic.message) for diagnostic in np.run().diagnostics] == [
        ("not-supported", "windows netstat cannot print: groups"),
        ("processes-hidden", "only an administrator can see: programs"),
    ]
