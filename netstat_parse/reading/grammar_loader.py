"""Load the grammars of a system: ours as one lowered module, where a wheel has it, and else module by module.

In a checkout, and for other distributions, the modules of grammars are imported, and their expressions are lowered when
they are first used.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType

from netstat_parse import logger
from netstat_parse.generated_modules import find_generated
from netstat_parse.grammar.protocol import Grammar, Section, has_headings, is_grammar
from netstat_parse.precompiled import compile_pattern
from netstat_parse.systems import catalog
from netstat_parse.systems.words import Words

LOWERED = "_lowered"
"""Name of the module that `grammar.lowering` generates for a system."""


def load_grammars(system: str) -> Iterator[Grammar]:
    """Yield each grammar of a system once, ours first."""
    own = own_grammars(system)
    yield from own
    found = set(map(id, own))
    for module in catalog.foreign_modules(system):
        found.update(map(id, _imported_sources(system)))
        for grammar in _foreign_grammars(module, system):
            if id(grammar) not in found:  # a module may import a grammar of another one
                found.add(id(grammar))
                yield grammar


def _imported_sources(system: str) -> Iterator[Grammar]:
    """Yield the grammars in those of our modules that a foreign one has imported: a wheel has them lowered, too."""
    package = f"{catalog.NAME}.{system}"
    for name, module in list(sys.modules.items()):
        if f"{name}.".startswith(f"{package}."):
            yield from module_grammars(module)


@cache
def own_grammars(system: str) -> Sequence[Grammar]:
    """Return the grammars of a system that this distribution has, each once."""
    if system not in catalog.own_systems():
        return []
    lowered = find_generated(catalog.own_package(system).__name__, LOWERED)
    grammars: Sequence[Grammar] = import_grammars(system) if lowered is None else lowered.GRAMMARS
    return grammars


def import_grammars(system: str) -> Sequence[Grammar]:
    """Import the modules of our grammars for a system, and return each grammar once."""
    modules = catalog.own_modules(system)
    found = {id(grammar): grammar for module in modules for grammar in module_grammars(module)}
    return list(found.values())


def module_grammars(module: ModuleType) -> Iterator[Grammar]:
    """Yield the public grammars of a module: instances of classes that inherit from `Grammar`."""
    for name, value in vars(module).items():
        if not name.startswith("_") and is_grammar(value):
            yield value


@cache
def _foreign_grammars(module: ModuleType, system: str) -> tuple[Grammar, ...]:
    """Return the grammars of another distribution's module; warn of each object that is none or does not work."""
    found = []
    for name, value in vars(module).items():
        place = f"{module.__name__}.{name}"
        try:
            if name.startswith("_") or isinstance(value, type):
                continue
            if is_grammar(value):
                _try_grammar(value, system)
                found.append(value)
            elif hasattr(value, "kind"):
                logger.warning("%s is ignored: its class does not inherit from Grammar", place)
        except Exception as error:  # noqa: BLE001 - any error in foreign code must leave the other grammars usable
            logger.warning("cannot use the grammar %s: %r", place, error)
    return tuple(found)


def _try_grammar(grammar: Grammar, system: str) -> None:
    """Make every pattern of a grammar, which is else done when a line needs it. Raises whatever the grammar raises."""
    _ = grammar.name, grammar.kind, list(grammar.titles), grammar.by_shape, grammar.framed
    compile_pattern(grammar.opening.text)
    layouts = [grammar.layout(), *([grammar.layout(grammar.columns)] if has_headings(grammar) else [])]
    for layout in layouts:
        layout.is_row("")
        layout.take("\n", 0, Section(grammar, layout, Words(system)))
    grammar.diagnose("")
