"""What only Windows has: a system folder, consoles with their code pages, elevated rights. Elsewhere there is none."""

import codecs
import sys
from functools import cache

if sys.platform == "win32":
    from ctypes import create_unicode_buffer, windll


@cache
def system_folder() -> str | None:
    """System32, as the kernel and not the environment names it."""
    if sys.platform == "win32":
        path = create_unicode_buffer(260)
        if windll.kernel32.GetSystemDirectoryW(path, len(path)):
            return path.value
    return None


def is_shared() -> bool:
    """Whether a program that we run writes to the console that we have."""
    if sys.platform == "win32":
        return bool(windll.kernel32.GetConsoleOutputCP())
    return False


def code_page() -> str | None:
    """Python's name of the encoding that a program of the console writes; none where its bytes tell.

    A program that is run without our console gets a hidden one, which begins with the OEM code page.
    """
    if sys.platform == "win32":
        number = windll.kernel32.GetConsoleOutputCP() or windll.kernel32.GetOEMCP()
        try:
            return codecs.lookup(f"cp{number}").name
        except LookupError:  # Python does not have all of them
            return None
    return None


def is_elevated() -> bool:
    """Whether we have the rights of an administrator."""
    if sys.platform == "win32":
        return bool(windll.shell32.IsUserAnAdmin())
    return False
