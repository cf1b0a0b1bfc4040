# SPDX-License-Identifier: MIT
"""Parse what a playbook passes to a filter into the document that ``netstat-parse --format json`` prints.

Neither this module nor `tables` needs Ansible. netstat_parse is imported only where it is used, because the collection
may be installed without it. This module itself runs on every Python that ansible-core supports, to report that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any, NoReturn

DOCUMENT_KEYS = frozenset({"snapshots", "connections", "unix_sockets", "counters"})
"""Keys by which a document is recognized: every document has them, and no other variable of a playbook has all."""

OPTIONS = ("encoding", "system", "name")
"""Keyword arguments of `netstat_parse.to_json`."""


class InvalidInputError(Exception):
    """Input or options that a filter cannot use; the message is one line for the author of the playbook."""


def read(text: object, **options: object) -> dict[str, Any]:
    """Parse the output of netstat into a document of plain dictionaries, lists, strings and numbers.

    Args:
        text: the output of netstat, as text or bytes.
        options: those of `OPTIONS`, each a string or None.

    Raises:
        InvalidInputError: not text, no netstat table in it, unknown encoding or system, or netstat_parse is not
            installed.
    """
    if unknown := sorted(options.keys() - {*OPTIONS}):
        _fail(f"unknown option {', '.join(unknown)} (there are {', '.join(OPTIONS)})")
    source = _plain_source(text)
    given = {name: _plain_option(name, value) for name, value in options.items() if value is not None}
    return _parse(source, given)


def document(netstat: object, **options: object) -> Mapping[str, Any]:
    """Return a document unchanged, and parse anything else.

    Raises:
        InvalidInputError: as `read`; also for parsing options together with a document.
    """
    if not isinstance(netstat, Mapping):
        return read(netstat, **options)
    if not netstat.keys() >= DOCUMENT_KEYS:
        _fail(f"expected text or a document from from_netstat, not another dictionary{_hint(netstat)}")
    for name, value in options.items():
        if value is not None:
            _fail(f"{name} applies to text only, and this is a parsed document; pass it to from_netstat")
    return netstat


def import_package() -> ModuleType:
    """Import netstat_parse.

    Raises:
        InvalidInputError: it is not installed.
    """
    try:
        import netstat_parse
    except ImportError as error:
        _fail(describe_missing(error))
    return netstat_parse


def describe_missing(error: ImportError) -> str:
    """Return what to install if netstat_parse, or a package that it needs, cannot be imported."""
    return (
        f"the Python that runs Ansible ({sys.executable}) needs netstat-parse: pip install netstat-parse,"
        f" with Python 3.11 or newer ({error})"
    )


def _parse(source: bytes | str, options: dict[str, str]) -> dict[str, Any]:
    package = import_package()
    try:
        return dict(json.loads(package.to_json(source, **options)))  # which keeps integers above 64 bits exact
    except package.NetstatParseError as error:
        _fail(error.summary if error.name or not error.line else f"line {error.line}: {error.message}")
    except LookupError as error:
        _fail(str(error))
    except ImportError as error:  # of pyparsing, which a checkout imports on use
        _fail(describe_missing(error))


def _plain_source(text: object) -> bytes | str:
    """Remove Ansible's tags; return the original bytes of text that Ansible could not decode as UTF-8."""
    if isinstance(text, (bytes, bytearray)):
        return bytes(text)
    if not isinstance(text, str):
        _fail(f"the output of netstat must be text, not {_type_name(text)}{_hint(text)}")
    plain = str.__str__(text)
    try:
        data = plain.encode("utf-8", "surrogateescape")
        data.decode()
    except UnicodeEncodeError:  # a lone surrogate of UTF-16, which does not stand for a byte
        return plain
    except UnicodeDecodeError:
        return data
    return plain


def _plain_option(name: str, value: object) -> str:
    if not isinstance(value, str):
        _fail(f"{name} must be text, not {_type_name(value)}")
    return str.__str__(value)


def _hint(value: object) -> str:
    if isinstance(value, Mapping) and "stdout" in value:
        return "; use its .stdout"
    return "; use .stdout instead of .stdout_lines" if isinstance(value, list) else ""


def _type_name(value: object) -> str:
    """Name the type of a value for a message; raise Ansible's own error for an undefined variable."""
    str(value)  # before ansible-core 2.19 an undefined variable raises only when it is used
    if isinstance(value, Mapping):  # Ansible has its own types of dictionaries and lists
        return "a dictionary"
    return "a list" if isinstance(value, list) else type(value).__name__


def _fail(message: str) -> NoReturn:
    raise InvalidInputError(message) from None
