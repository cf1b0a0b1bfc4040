# SPDX-License-Identifier: MIT
"""What a playbook hands over, as the document that ``netstat-parse --format json`` prints.

Neither this module nor `tables` needs Ansible. netstat_parse is imported where it is used, because the collection may
be there without it. What stands here runs on every Python that ansible-core runs on, to be able to say so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

TABLES = frozenset({"snapshots", "connections", "unix_sockets", "counters"})
"""Keys that every document has, and nothing else that a playbook may hand over."""

OPTIONS = ("encoding", "system", "name")
"""What `netstat_parse.parse` is told of the text."""


class UnusableError(Exception):
    """What the author of a playbook is to be told, in one line."""


def read(text: object, **options: object) -> dict[str, Any]:
    """The document of what netstat printed: plain dictionaries, lists, text, numbers.

    Args:
        text: what netstat printed, as text or bytes.
        options: those of `OPTIONS`, each as text or None.

    Raises:
        UnusableError: it is no text, there is no netstat table in it, there is no such encoding or system, or
            netstat_parse is not installed.
    """
    if unknown := sorted(options.keys() - {*OPTIONS}):
        _refuse(f"there is no option {', '.join(unknown)}; there are {', '.join(OPTIONS)}")
    source = _source(text)
    given = {name: _text(name, value) for name, value in options.items() if value is not None}
    try:
        return _parsed(source, given)
    except ImportError as error:
        _refuse(
            f"the Python that runs Ansible ({sys.executable}) needs netstat-parse: pip install netstat-parse,"
            f" with Python 3.11 or newer ({error})"
        )


def document(netstat: object, **options: object) -> Mapping[str, Any]:
    """The document, of text or where it is one already.

    Raises:
        UnusableError: what `read` raises; and options for reading text where nothing is left to read.
    """
    if not isinstance(netstat, Mapping):
        return read(netstat, **options)
    if not netstat.keys() >= TABLES:
        _refuse(f"this is neither text nor what from_netstat gives{_hint(netstat)}")
    for name, value in options.items():
        if value is not None:
            _refuse(f"{name} is for reading text, and this is read already; hand it to from_netstat")
    return netstat


def _parsed(source: bytes | str, options: dict[str, str]) -> dict[str, Any]:
    from netstat_parse import NetstatParseError, to_json

    try:
        return dict(json.loads(to_json(source, **options)))
    except NetstatParseError as error:
        _refuse(error.summary if error.name or not error.line else f"line {error.line}: {error.message}")
    except LookupError as error:
        _refuse(str(error))


def _source(text: object) -> bytes | str:
    """The text as plain text; where Ansible could not decode what netstat printed, the bytes that it was."""
    if isinstance(text, (bytes, bytearray)):
        return bytes(text)
    if not isinstance(text, str):
        _refuse(f"what netstat printed is to be text, not {_kind(text)}{_hint(text)}")
    plain = str.__str__(text)  # without Ansible's tags
    try:
        data = plain.encode("utf-8", "surrogateescape")
        data.decode()
    except UnicodeEncodeError:  # half a character of UTF-16, which was no byte
        return plain
    except UnicodeDecodeError:
        return data
    return plain


def _hint(text: object) -> str:
    if isinstance(text, Mapping) and "stdout" in text:
        return "; hand over its .stdout"
    return "; hand over .stdout and not .stdout_lines" if isinstance(text, list) else ""


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        _refuse(f"{name} is to be text, not {_kind(value)}")
    return str.__str__(value)


def _kind(value: object) -> str:
    """What kind of value it is; of a variable that is not defined, older Ansibles tell in an error when it is used."""
    str(value)
    if isinstance(value, Mapping):  # of which Ansible has types of its own, as of lists
        return "a dictionary"
    return "a list" if isinstance(value, list) else type(value).__name__


def _refuse(message: str) -> NoReturn:
    raise UnusableError(message) from None
