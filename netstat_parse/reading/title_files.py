"""Our English titles as data: the modules to import for each.

``grammars/<system>/titles.json`` maps each title to the modules that have tables with it. After a change of a title,
write these files again::

    python -m netstat_parse.reading.title_files
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from netstat_parse.reading.grammar_loader import module_grammars
from netstat_parse.systems import catalog

NAME = "titles.json"


@cache
def modules_by_title(system: str) -> Mapping[str, Sequence[str]]:
    """Read which modules of ours have tables with each title, without importing the modules."""
    return dict(json.loads(catalog.own_data(system, NAME) or b"{}"))


def generate(system: str) -> str:
    """Generate the content of a system's file from its grammars."""
    found: dict[str, list[str]] = {}
    known = set[int]()
    for module in catalog.own_modules(system):
        for grammar in module_grammars(module):
            modules = [found.setdefault(title, []) for title in grammar.titles if id(grammar) not in known]
            known.add(id(grammar))
            for names in modules:
                names.append(module.__name__.rpartition(".")[2])
    lines = (f"  {_dumps(title)}: {_dumps(list(dict.fromkeys(found[title])))}" for title in sorted(found))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dumps(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for system in catalog.own_systems():
        package = next(catalog.own_modules(system))
        Path(package.__path__[0], NAME).write_text(generate(system), encoding="utf-8")
