"""Where netstat is, and what it runs with: nothing of it follows the caller's PATH, language or current folder."""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from netstat_parse.live import windows

TRUSTED = (
    "/usr/sbin",
    "/usr/bin",
    "/sbin",
    "/bin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/run/current-system/sw/bin",  # NixOS
)
"""Folders of Linux that only its administrator writes to, in the order in which a program is looked for."""


INSTALLED_BY = {
    "debian": "apt install net-tools",
    "fedora": "dnf install net-tools",
    "alpine": "apk add net-tools",
    "arch": "pacman -S net-tools",
}
"""How a Linux gets its netstat, by the ID or ID_LIKE of its os-release."""


Netstat = str | os.PathLike[str] | Sequence[str]
"""A netstat to run: a name, a path, or a command of several words such as ``["busybox", "netstat"]``."""


class NoNetstatError(FileNotFoundError):
    """There is no netstat to run; its text tells how to get one here."""


def find(netstat: Netstat | None = None) -> list[str]:
    """The command that runs netstat, its program by absolute path.

    Raises:
        NoNetstatError: there is no such program.
    """
    program, *words = ["netstat"] if netstat is None else _words(netstat)
    if os.sep in program or (os.altsep and os.altsep in program):
        paths, missing = (
            [Path(program).absolute()],
            f"{program}: no such program",
        )  # links stay: busybox goes by its name
    else:
        file = f"{program}.exe" if windows.system_folder() and "." not in program else program
        paths, missing = [Path(folder, file) for folder in search_path()], f"no {program} in {', '.join(search_path())}"
    for path in paths:
        if path.is_file() and os.access(path, os.X_OK):
            return [str(path), *words]
    raise NoNetstatError(f"{missing}; {how_to_install()}" if netstat is None else missing)


def search_path() -> Sequence[str]:
    """The folders in which a program is looked for."""
    folder = windows.system_folder()
    return TRUSTED if folder is None else (folder,)


def environment() -> Mapping[str, str] | None:
    """What netstat runs with; none for what we have ourselves. It, too, finds programs in trusted folders only."""
    if windows.system_folder():
        return None
    return os.environ | {"LC_ALL": "C", "PATH": os.pathsep.join(search_path())}


def how_to_install() -> str:
    """How to get a netstat here, in a few words."""
    if windows.system_folder():
        return "it is a part of Windows, and missing from this one"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    for system in (release.get("ID", ""), *release.get("ID_LIKE", "").split()):
        if system in INSTALLED_BY:
            return f"on {release.get('NAME', system)}: {INSTALLED_BY[system]}"
    return "it is in the package net-tools"


def _words(netstat: Netstat) -> list[str]:
    return [os.fspath(netstat)] if isinstance(netstat, str | os.PathLike) else list(netstat)
