"""Data that is generated when a wheel is built: parsing TOML would take longer than reading a usual dump.

A wheel has a module of literals for each TOML file of this package, such as ``_counters.py`` for ``counters.toml``, and
three for the vocabularies of a system: ``_english.py``, ``_words.py`` for all, and ``_texts.py`` for what is computed
from all of them. A checkout has none of them, and reads the TOML files.
"""

from collections.abc import Mapping
from typing import Any

from netstat_parse.generated_modules import find_generated
from netstat_parse.systems import catalog


def read_toml(package: str, name: str) -> dict[str, Any]:
    """Read a TOML file of a package, or the module that was generated from it."""
    generated = find_generated(package, name_generated(name))
    if generated is not None:
        return dict(generated.DATA)
    import tomllib  # takes long to import
    from pkgutil import get_data

    return tomllib.loads((get_data(package, name) or b"").decode())


def name_generated(name: str) -> str:
    """Name the module that is generated from a TOML file: ``_data_states`` from ``data/states.toml``."""
    return f"_{name.removesuffix('.toml').replace('/', '_')}"


def read_texts(system: str) -> Mapping[str, Any] | None:
    """Return what was computed from our vocabularies and grammars of a system when the wheel was built.

    None in a checkout, and if another distribution adds to the system: then it is computed in the run.
    """
    if system not in catalog.own_systems() or any(catalog.foreign_packages(system)):
        return None
    generated = find_generated(catalog.own_package(system).__name__, "_texts")
    return None if generated is None else generated.DATA


def write_data(data: object) -> str:
    """Return the text of a generated module with this value, which must consist of literals."""
    return f'"""Generated when this wheel was built; do not edit."""\n\nDATA = {data!r}\n'
