"""Finds the grammars, and the data files beside them, without naming any.

A system is a package of grammar modules: ours are ``netstat_parse.grammars.linux`` and ``.windows``. Another
distribution adds to one of them, or adds a system, by an entry point that has the system's name and leads to
such a package, or to a single module::

    [project.entry-points."netstat_parse.grammars"]
    linux = "netstat_of_my_router"

A grammar is any public object of such a module that has a ``kind``, the table of the schema that it fills. Our
package is the folder ``grammars``: in a wheel inside ``netstat_parse``, in a checkout beside it, and under the
same name either way.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from pkgutil import get_data, iter_modules
from typing import TYPE_CHECKING, Any

from netstat_parse import logger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable
    from types import ModuleType


NAME = "netstat_parse.grammars"
"""The package of our grammars, and the entry-point group of everybody else's."""


def systems() -> list[str]:
    """Name the systems whose netstat can be read: ours, then those that other distributions add."""
    return list(dict.fromkeys([*_our_systems(), *(entry.name for entry in _entry_points())]))


def grammars(system: str) -> Iterator[Any]:
    """Give the grammars of a system, ours first; a module is imported when its turn comes."""
    given = set()
    for package in _packages(system):
        for module in _modules(package):
            for grammar in _grammars_in(module):
                if id(grammar) not in given:  # a module may import another one's grammar
                    given.add(id(grammar))
                    yield grammar


def naming(text: str) -> Iterator[tuple[str, Any]]:
    """Give our grammars, each with its system, in whose module this text stands as a string; import no others."""
    for module, source in _sources().items():
        if f'"{text}"'.encode() in source:
            system = module.removeprefix(f"{NAME}.").partition(".")[0]
            yield from ((system, grammar) for grammar in _grammars_in(import_module(module)))


@cache
def _sources() -> dict[str, bytes]:
    """The text of each of our modules: to read them all takes a hundredth of the time of their import."""
    found = {}
    for system in _our_systems():
        package = import_module(f"{NAME}.{system}")
        for finder, name in _below(package):
            spec = finder.find_spec(name)
            loader: Any = spec and spec.loader
            if spec and spec.origin and hasattr(loader, "get_data"):
                found[name] = loader.get_data(spec.origin)
    return found


def folders(system: str) -> Iterator[Traversable]:
    """Give the folders in which the modules of a system lie, and their data files beside them, ours first."""
    from importlib.resources import files  # takes long to import

    for package in _packages(system):
        if hasattr(package, "__path__"):  # a single module has no folder
            yield files(package)


def data(system: str, name: str) -> bytes | None:
    """Give the first data file of a system with this name; none where there is none."""
    for package in _packages(system):
        if hasattr(package, "__path__"):
            with suppress(OSError):
                return get_data(package.__name__, name)
    return None


def _packages(system: str) -> Iterator[ModuleType]:
    if system in _our_systems():
        yield import_module(f"{NAME}.{system}")
    for entry in _entry_points():
        if entry.name == system and (package := _load(entry)):
            yield package


def _our_systems() -> list[str]:
    return [found.name for found in iter_modules(_our_package().__path__) if found.ispkg]


def _our_package() -> ModuleType:
    if NAME not in sys.modules:
        parent, _, child = NAME.rpartition(".")
        inside = Path(__file__).parents[1]
        spec = PathFinder.find_spec(NAME, [str(inside), str(inside.parent)])
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"no folder {child!r} in {inside} nor beside it", name=NAME)
        module = module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
        setattr(sys.modules[parent], child, module)
    return sys.modules[NAME]


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points  # takes longer than the rest of this module

    return tuple(entry_points(group=NAME))


@cache
def _load(entry: EntryPoint) -> ModuleType | None:
    """Import somebody else's grammars, all at once, so that what is wrong with them shows here and once."""
    try:
        package: ModuleType = entry.load()
        list(_modules(package))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other grammars are not to suffer
        logger.warning("cannot load the grammars %s = %s: %r", entry.name, entry.value, error)
        return None
    return package


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for _, name in _below(package):
        yield import_module(name)


def _below(package: ModuleType) -> Iterator[tuple[Any, str]]:
    """Where the modules of a package are found, and their whole names."""
    for found in iter_modules(getattr(package, "__path__", [])):
        if not found.name.startswith("_"):
            yield found.module_finder, f"{package.__name__}.{found.name}"


def _grammars_in(module: ModuleType) -> Iterator[Any]:
    for name, value in vars(module).items():
        if hasattr(value, "kind") and not isinstance(value, type) and not name.startswith("_"):
            yield value
