"""What `run` asks of Windows, played on Linux: a system folder, a code page, and a netstat.exe that prints samples."""

import sys
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live import windows
from netstat_parse.live.locate import NoNetstatError, find

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is played here is real there")

SAMPLES = Path(__file__).parents[2] / "samples" / "windows"
PRINTED = {
    "-ano": "windows-10.de.ano.cp850.txt",
    "-s": "windows-10.de.s.cp850.txt",
    "-e": "windows-10.de.e.cp1252.txt",
    "-rn": "windows-10.de.r.cp850.txt",
}


@pytest.fixture(autouse=True)
def system32(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "System32"
    folder.mkdir()
    for option, sample in PRINTED.items():
        text = (SAMPLES / sample).read_bytes().decode(sample.split(".")[-2])
        (folder / f"{option}.txt").write_bytes(text.encode("cp850"))
    program = folder / "netstat.exe"
    program.write_text('#!/bin/sh\nexec cat -- "$1.txt"\n')  # it runs in the system folder
    program.chmod(0o755)
    monkeypatch.setattr(windows, "system_folder", lambda: str(folder))
    monkeypatch.setattr(windows, "code_page", lambda: "cp850")
    monkeypatch.setattr(windows, "is_elevated", lambda: False)
    return folder


def test_netstat_is_found_in_the_system_folder_alone(system32: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find() == [str(system32 / "netstat.exe")]
    monkeypatch.setattr(windows, "system_folder", lambda: str(system32.parent))
    monkeypatch.setenv("PATH", str(system32))
    monkeypatch.chdir(system32)
    with pytest.raises(NoNetstatError, match="a part of Windows"):
        find()


def test_windows_is_asked_for_all_that_it_tells() -> None:
    dump = np.run()
    assert [snapshot.argv[1:] for snapshot in dump.snapshots] == [[option] for option in PRINTED]
    assert {snapshot.system for snapshot in dump.snapshots} == {"windows"}
    assert all((dump.connections, dump.counters, dump.interfaces, dump.routes))


def test_its_output_is_in_the_code_page_of_the_console() -> None:
    dump = np.run()
    assert {snapshot.encoding for snapshot in dump.snapshots} == {"cp850"}
    assert {snapshot.language for snapshot in dump.snapshots} == {"de"}
    assert "ABHÖREN" in {connection.state_text for connection in dump.connections}


def test_what_windows_does_not_tell_is_said() -> None:
    assert [(diagnostic.code, diagnostic.message) for diagnostic in np.run().diagnostics] == [
        ("not-told", "the netstat of windows does not tell: groups"),
        ("processes-hidden", "only an administrator's netstat tells: programs"),
    ]
