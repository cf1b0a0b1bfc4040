"""Remove control characters: colours, titles of terminal windows, overstrikes."""

import re

_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x0f|[^\n\x08]\x08")

_RESET = re.compile(r"\x1b\[(?:0?m|0?K|\?)|\x1b\]")


def has_control(text: str) -> bool:
    """Return whether the text has escape sequences or overstrikes."""
    return "\x1b" in text or "\x08" in text


def resets_control(line: str) -> bool:
    """Return whether a colour is switched off in the line: then it is not part of a program's name."""
    return _RESET.search(line) is not None


def strip_control(line: str) -> str:
    """Remove escape sequences and overstrikes."""
    return _CONTROL.sub("", line)
