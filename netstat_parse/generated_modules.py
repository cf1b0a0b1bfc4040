"""Find the modules that are generated when a wheel is built; a checkout has none of them."""

from importlib import import_module
from types import ModuleType


def find_generated(package: str, name: str) -> ModuleType | None:
    """Import a generated module of a package; None if there is none, as in a checkout."""
    try:
        return import_module(f"{package}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{package}.{name}":
            raise
        return None
