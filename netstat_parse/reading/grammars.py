"""Find the grammars in the modules of a system."""

from collections.abc import Iterator
from types import ModuleType

from netstat_parse.grammar.protocol import Grammar, is_grammar
from netstat_parse.systems import catalog


def grammars(system: str) -> Iterator[Grammar]:
    """Import the grammars of a system module by module, ours first, each grammar once."""
    found = set[int]()
    for module in catalog.modules(system):
        for grammar in module_grammars(module):
            if id(grammar) not in found:  # a module may import a grammar of another one
                found.add(id(grammar))
                yield grammar


def module_grammars(module: ModuleType) -> Iterator[Grammar]:
    """Return the public grammars of a module: the instances of classes that inherit from `Grammar`."""
    for name, value in vars(module).items():
        if not name.startswith("_") and is_grammar(value):
            yield value
