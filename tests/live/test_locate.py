"""Netstat is found only in folders that an administrator writes to, and runs in the C locale."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live import locate
from netstat_parse.live.locate import NoNetstatError, locate_command
from support.fake_netstat import FAKE_COMMAND

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has one folder for its programs, and ignores PATH")


def make_program(path: Path, mode: int = 0o755) -> Path:
    path.write_text("#!/bin/sh\necho run >&2\n")
    path.chmod(mode)
    return path


@posix
def test_the_first_executable_file_in_the_trusted_folders_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / name for name in ("d", "c", "b", "a")]
    for folder in folders:
        folder.mkdir()
    make_program(folders[0] / "netstat", mode=0o644)
    (folders[1] / "netstat").mkdir()
    make_program(folders[2] / "netstat")
    make_program(folders[3] / "netstat")
    monkeypatch.setattr(locate, "TRUSTED_FOLDERS", [*map(str, folders)])
    assert locate_command() == [str(folders[2] / "netstat")]


@posix
def test_path_and_the_current_folder_are_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "TRUSTED_FOLDERS", ["/nonexistent"])
    monkeypatch.setenv("PATH", f"{tmp_path}:.:")
    monkeypatch.chdir(make_program(tmp_path / "netstat").parent)
    with pytest.raises(NoNetstatError):
        locate_command()


@posix
@pytest.mark.parametrize("form", [f".{os.sep}netstat", "{}/netstat"], ids=["relative", "absolute"])
def test_a_path_becomes_absolute_without_resolving_links(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netstat").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    assert locate_command(form.format(tmp_path)) == [str(tmp_path / "netstat")]


def test_a_command_may_have_arguments() -> None:
    assert locate_command([sys.executable, "-I", "netstat"]) == [sys.executable, "-I", "netstat"]


def test_the_program_of_a_command_must_exist(tmp_path: Path) -> None:
    with pytest.raises(NoNetstatError, match="no such program"):
        locate_command([str(tmp_path / "busybox"), "netstat"])


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
def test_the_error_says_how_to_install_netstat(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], hint: str
) -> None:
    def freedesktop_os_release() -> dict[str, str]:
        if not release:
            raise OSError
        return release

    monkeypatch.setattr(platform, "freedesktop_os_release", freedesktop_os_release)
    monkeypatch.setattr(locate, "TRUSTED_FOLDERS", ["/no/bin", "/no/sbin"])
    with pytest.raises(FileNotFoundError) as raised:
        np.run()
    assert str(raised.value) == f"no netstat in /no/bin, /no/sbin; {hint}"


@posix
def test_netstat_runs_in_the_c_locale_with_a_trusted_path_and_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PATH", "/tmp/evil:.")  # noqa: S108 - the folder does not exist
    dump = np.run("show-environment", netstat=FAKE_COMMAND)
    assert [diagnostic.text for diagnostic in dump.diagnostics] == [
        "LC_ALL=C",
        f"PATH={':'.join(locate.TRUSTED_FOLDERS)}",
        "stdin=''",
    ]


@posix
def test_no_shell_interprets_the_options(tmp_path: Path) -> None:
    with pytest.raises(np.NetstatParseError):
        np.run("nothing", f"; touch {tmp_path}/touched", f"$(touch {tmp_path}/touched)", netstat=FAKE_COMMAND)
    assert not (tmp_path / "touched").exists()


@posix
@pytest.mark.skipif(
    not any(Path(folder, "netstat").exists() for folder in locate.TRUSTED_FOLDERS), reason="netstat is not installed"
)
def test_a_hostile_path_does_not_change_which_netstat_runs(tmp_path: Path) -> None:
    make_program(tmp_path / "netstat")
    environment = os.environ | {"PATH": f"{tmp_path}:.", "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import netstat_parse as np; print(np.run('-an').snapshots[0].argv)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.stderr, ran.stdout) == ("", f"{[*locate_command(), '-an']}\n")
