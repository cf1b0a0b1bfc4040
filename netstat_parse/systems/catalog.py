"""Find the grammar modules of each system, and their data files. No list of them has to be edited.

A system is a package of grammar modules: ours are ``netstat_parse.grammars.linux`` and ``.windows``. Another
distribution adds to one of them, or adds a system, by an entry point that has the system's name and leads to
such a package, or to a single module::

    [project.entry-points."netstat_parse.grammars"]
    linux = "netstat_of_my_router"

Our package is the folder ``grammars``: in a wheel inside ``netstat_parse``, in a checkout beside it, and under the
same name either way. Modules whose names begin with an underscore are private and not listed.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from netstat_parse import logger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint
    from pkgutil import ModuleInfo
    from types import ModuleType


NAME = "netstat_parse.grammars"
"""Our package of grammars, and the entry-point group of other distributions."""

finds_others = True
"""False while a wheel is built, which must not hold what other distributions add; set before they are looked for."""


def systems() -> list[str]:
    """List the systems whose netstat can be read: ours, then those that other distributions add."""
    return list(dict.fromkeys([*own_systems(), *(entry.name for entry in _entry_points())]))


@cache
def own_systems() -> tuple[str, ...]:
    """List the systems of this distribution, without looking for others."""
    (place,) = _own_package().__path__
    try:
        with os.scandir(place) as entries:  # `pkgutil` imports `inspect` to look there
            return tuple(sorted(entry.name for entry in entries if _is_package(entry)))
    except NotADirectoryError:  # below an archive of packages
        return tuple(found.name for found in _iter_modules([place]) if found.ispkg)


def _is_package(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir() and os.path.isfile(f"{entry.path}/__init__.py")  # noqa: PTH113 - `pathlib` is slow to import


def foreign_modules(system: str) -> Iterator[ModuleType]:
    """Import the grammar modules of a system that other distributions have, one by one."""
    for package in foreign_packages(system):
        yield from _package_modules(package)


def foreign_packages(system: str) -> Iterator[ModuleType]:
    """Import the packages and single modules of other distributions for a system."""
    for entry in _entry_points():
        if entry.name == system and (package := _load(entry)):
            yield package


def own_modules(system: str) -> Iterator[ModuleType]:
    """Import the grammar modules of a system that this distribution has, one by one."""
    return _package_modules(import_module(f"{NAME}.{system}"))


def own_package(system: str) -> ModuleType:
    """Import our package of a system."""
    _own_package()
    return import_module(f"{NAME}.{system}")


def own_module(system: str, name: str) -> ModuleType:
    """Import one of our grammar modules by its name below the system's package."""
    return import_module(f"{NAME}.{system}.{name}")


def own_data(system: str, name: str) -> bytes | None:
    """Read a data file of ours for a system; None if there is none."""
    from pkgutil import get_data  # takes long to import

    _own_package()
    with suppress(OSError):
        return get_data(f"{NAME}.{system}", name)
    return None


@cache
def _own_package() -> ModuleType:
    if NAME not in sys.modules:
        try:
            return import_module(NAME)
        except ModuleNotFoundError as error:
            if error.name != NAME:
                raise
        _import_beside()
    return sys.modules[NAME]


def _import_beside() -> None:
    """Import the folder ``grammars`` of a checkout, which is beside this package, as if it were inside."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec
    from pathlib import Path

    parent, _, child = NAME.rpartition(".")
    place = Path(__file__).parents[2]
    spec = PathFinder.find_spec(NAME, [str(place)])
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"no folder {child!r} in {place / parent} nor beside it", name=NAME)
    module = module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)
    setattr(sys.modules[parent], child, module)


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    if not finds_others or not any(map(_may_have_entry_points, sys.path)):
        return ()
    from importlib.metadata import entry_points  # takes as long to import as all modules of this package

    return tuple(entry_points(group=NAME))


def _may_have_entry_points(place: str) -> bool:
    """Return whether a distribution in this place of `sys.path` has grammars; true also for archives of packages."""
    try:
        with os.scandir(place) as entries:
            return any(_may_name_grammars(entry) for entry in entries if "." in entry.name)
    except NotADirectoryError:
        return True
    except OSError:
        return False


def _may_name_grammars(entry: os.DirEntry[str]) -> bool:
    """Return whether this entry of a folder in `sys.path` is a distribution that has grammars, or may be one."""
    if entry.name.endswith((".dist-info", ".egg-info")):
        with suppress(OSError), io.FileIO(f"{entry.path}/entry_points.txt") as file:  # most distributions have none
            return NAME.encode() in file.readall()
    return entry.name.endswith(".egg")


@cache
def _load(entry: EntryPoint) -> ModuleType | None:
    """Import all grammars of another distribution, so that an error in them is reported once."""
    try:
        package: ModuleType = entry.load()
        list(_package_modules(package))
    except Exception as error:  # noqa: BLE001 - any error in foreign code must leave the other grammars usable
        logger.warning("cannot load the grammars %s = %s: %r", entry.name, entry.value, error)
        return None
    return package


def _iter_modules(places: Iterable[str]) -> Iterable[ModuleInfo]:
    from pkgutil import iter_modules  # takes long to import

    return iter_modules(places)


def _package_modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in _iter_modules(getattr(package, "__path__", [])):
        if not found.name.startswith("_"):
            yield import_module(f"{package.__name__}.{found.name}")
