"""Facts that only Windows has: the system folder, the console and its code page, elevated rights."""

import codecs
import sys
from functools import cache

if sys.platform == "win32":
    from ctypes import create_unicode_buffer, windll


@cache
def system_folder() -> str | None:
    """Path of System32 according to the kernel, not the environment; None on other systems."""
    if sys.platform == "win32":
        path = create_unicode_buffer(260)
        if windll.kernel32.GetSystemDirectoryW(path, len(path)):
            return path.value
    return None


def has_console() -> bool:
    """Return whether this process has a console, which the programs that it runs share."""
    if sys.platform == "win32":
        return bool(windll.kernel32.GetConsoleOutputCP())
    return False


def console_encoding() -> str | None:
    """Python's name of the encoding that console programs write; None if unknown, so that it must be detected.

    A program that runs without our console gets a hidden one, which starts with the OEM code page.
    """
    if sys.platform == "win32":
        code_page = windll.kernel32.GetConsoleOutputCP() or windll.kernel32.GetOEMCP()
        try:
            return codecs.lookup(f"cp{code_page}").name
        except LookupError:  # Python does not support all of them
            return None
    return None


def is_elevated() -> bool:
    """Return whether this process has the rights of an administrator."""
    if sys.platform == "win32":
        return bool(windll.shell32.IsUserAnAdmin())
    return False
