"""Modules of literals that are generated when a wheel is built: parsing TOML takes longer than reading a usual dump.

A wheel has such a module for each TOML file, as ``_counters.py`` for ``counters.toml``, and others for what is computed
from several files. A checkout has none of them, and reads the TOML files.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


def find_generated(package: str, name: str) -> ModuleType | None:
    """Import a generated module of a package; None if there is none, as in a checkout."""
    try:
        return import_module(f"{package}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{package}.{name}":
            raise
        return None


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


def write_data(data: object) -> str:
    """Return the text of a generated module with this value, which must consist of literals."""
    return f'"""Generated when this wheel was built; do not edit."""\n\nDATA = {data!r}\n'
