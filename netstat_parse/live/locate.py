"""Find netstat in folders that only an administrator writes to: never by PATH or in the current folder."""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from netstat_parse.live import windows

TRUSTED_FOLDERS = (
    "/usr/sbin",
    "/usr/bin",
    "/sbin",
    "/bin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/run/current-system/sw/bin",  # NixOS
)
"""Folders to search on Linux, in this order. By default only root can write to them."""

INSTALL_COMMANDS = {
    "debian": "apt install net-tools",
    "fedora": "dnf install net-tools",
    "alpine": "apk add net-tools",
    "arch": "pacman -S net-tools",
}
"""Command that installs netstat, by ID or ID_LIKE in ``os-release``."""

NetstatCommand = str | os.PathLike[str] | Sequence[str]
"""A netstat to run: a name, a path, or a command with arguments such as ``["busybox", "netstat"]``."""


class NoNetstatError(FileNotFoundError):
    """No netstat was found; the message says how to install one."""


def locate_command(netstat: NetstatCommand | None = None) -> list[str]:
    """Return the command that runs netstat, with the absolute path of its program.

    Raises:
        NoNetstatError: the program was not found.
    """
    program, *arguments = ["netstat"] if netstat is None else _split_command(netstat)
    if os.sep in program or (os.altsep and os.altsep in program):
        # Symbolic links are not resolved: busybox depends on the name by which it is called.
        paths, error = [Path(program).absolute()], f"{program}: no such program"
    else:
        file = f"{program}.exe" if windows.system_folder() and "." not in program else program
        folders = trusted_folders()
        paths, error = [Path(folder, file) for folder in folders], f"no {program} in {', '.join(folders)}"
    for path in paths:
        if path.is_file() and os.access(path, os.X_OK):
            return [str(path), *arguments]
    raise NoNetstatError(f"{error}; {install_hint()}" if netstat is None else error)


def trusted_folders() -> Sequence[str]:
    """Return the folders to search for programs on this system."""
    folder = windows.system_folder()
    return TRUSTED_FOLDERS if folder is None else (folder,)


def child_environment() -> Mapping[str, str] | None:
    """Return the environment for netstat: the C locale and a trusted PATH. None on Windows, to inherit ours."""
    if windows.system_folder():
        return None
    return os.environ | {"LC_ALL": "C", "PATH": os.pathsep.join(trusted_folders())}


def install_hint() -> str:
    """Return a phrase that explains how to install netstat on this system."""
    if windows.system_folder():
        return "it is a part of Windows, and missing from this one"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    for system in (release.get("ID", ""), *release.get("ID_LIKE", "").split()):
        if system in INSTALL_COMMANDS:
            return f"on {release.get('NAME', system)}: {INSTALL_COMMANDS[system]}"
    return "it is in the package net-tools"


def _split_command(netstat: NetstatCommand) -> list[str]:
    return [os.fspath(netstat)] if isinstance(netstat, str | os.PathLike) else list(netstat)
