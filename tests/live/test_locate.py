"""Netstat is found where only an administrator puts programs, and runs in the C locale."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live import locate
from netstat_parse.live.locate import NoNetstatError, find
from support.fake import FAKE

posix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has one folder for its programs, and no PATH of ours"
)


def program(path: Path, mode: int = 0o755) -> Path:
    path.write_text("#!/bin/sh\necho run >&2\n")
    path.chmod(mode)
    return path


@posix
def test_a_name_is_looked_for_in_the_trusted_folders_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("first", "second", "third"):
        (tmp_path / folder).mkdir()
    program(tmp_path / "first" / "netstat", mode=0o644)
    (tmp_path / "second" / "netstat").mkdir()
    program(tmp_path / "third" / "netstat")
    monkeypatch.setattr(locate, "TRUSTED", [str(tmp_path / folder) for folder in ("first", "second", "third")])
    assert find() == [str(tmp_path / "third" / "netstat")]


@posix
def test_neither_path_nor_the_current_folder_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "TRUSTED", ["/nonexistent"])
    monkeypatch.setenv("PATH", f"{tmp_path}:.:")
    monkeypatch.chdir(program(tmp_path / "netstat").parent)
    with pytest.raises(NoNetstatError):
        find()


@posix
def test_a_path_is_made_absolute_and_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netstat").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    assert find(f".{os.sep}netstat") == [str(tmp_path / "netstat")]
    assert find(tmp_path / "netstat") == [str(tmp_path / "netstat")]


def test_a_command_may_have_several_words(tmp_path: Path) -> None:
    assert find([sys.executable, "-I", "netstat"]) == [sys.executable, "-I", "netstat"]
    with pytest.raises(NoNetstatError, match="no such program"):
        find([str(tmp_path / "busybox"), "netstat"])


@posix
@pytest.mark.parametrize(
    ("release", "hint"),
    [
        ({"ID": "debian", "NAME": "Debian GNU/Linux"}, "on Debian GNU/Linux: apt install net-tools"),
        ({"ID": "ubuntu", "ID_LIKE": "debian", "NAME": "Ubuntu"}, "on Ubuntu: apt install net-tools"),
        ({"ID": "fedora", "NAME": "Fedora Linux"}, "on Fedora Linux: dnf install net-tools"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora", "NAME": "Rocky"}, "on Rocky: dnf install net-tools"),
        ({"ID": "alpine", "NAME": "Alpine Linux"}, "on Alpine Linux: apk add net-tools"),
        ({"ID": "arch", "NAME": "Arch Linux"}, "on Arch Linux: pacman -S net-tools"),
        ({"ID": "slackware", "NAME": "Slackware"}, "it is in the package net-tools"),
        ({}, "it is in the package net-tools"),
    ],
)
def test_it_is_told_how_to_get_a_netstat_here(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], hint: str
) -> None:
    def freedesktop_os_release() -> dict[str, str]:
        if not release:
            raise OSError
        return release

    monkeypatch.setattr(platform, "freedesktop_os_release", freedesktop_os_release)
    monkeypatch.setattr(locate, "TRUSTED", ["/no/bin", "/no/sbin"])
    with pytest.raises(FileNotFoundError) as raised:
        np.run()
    assert str(raised.value) == f"no netstat in /no/bin, /no/sbin; {hint}"


@posix
def test_it_runs_in_the_c_locale_with_a_trusted_path_and_without_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PATH", "/tmp/evil:.")  # noqa: S108 - nothing is there
    dump = np.run("show-surroundings", netstat=FAKE)
    assert [diagnostic.text for diagnostic in dump.diagnostics] == [
        "LC_ALL=C",
        f"PATH={':'.join(locate.TRUSTED)}",
        "stdin=''",
    ]


@posix
def test_options_are_no_shells(tmp_path: Path) -> None:
    with pytest.raises(np.NetstatParseError):
        np.run("nothing", f"; touch {tmp_path}/touched", f"$(touch {tmp_path}/touched)", netstat=FAKE)
    assert not (tmp_path / "touched").exists()


@posix
@pytest.mark.skipif(not any(Path(folder, "netstat").exists() for folder in locate.TRUSTED), reason="no netstat")
def test_a_hostile_path_changes_nothing(tmp_path: Path) -> None:
    program(tmp_path / "netstat")
    environment = os.environ | {"PATH": f"{tmp_path}:.", "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import netstat_parse as np; print(np.run('-an').snapshots[0].argv)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.stderr, ran.stdout) == ("", f"{[*find(), '-an']}\n")
