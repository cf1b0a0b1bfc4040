"""Lower the grammars and the vocabularies when a wheel is built, so that a run needs neither pyparsing nor TOML.

Each system gets ``_lowered.py``, ``_words.py`` and ``_counters.py`` beside its grammars; the list of other outputs
becomes ``systems/_others.py``. An editable install has none of these files: there the sources are read.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LoweringHook(BuildHookInterface[Any]):
    """Adds the generated modules to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate the modules in the folder for build files, from where they are copied into the wheel."""
        if version == "editable":
            return
        folder = self._folder
        sys.path.insert(0, self.root)
        for name, text in generate_modules():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            build_data["force_include"][str(path)] = f"netstat_parse/{name}"

    def finalize(self, *_: object) -> None:
        """Remove the folder for build files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return Path(self.directory, "lowered")


def generate_modules() -> Iterator[tuple[str, str]]:
    """Yield the path below ``netstat_parse`` and the text of each generated module."""
    from netstat_parse.grammar import lowering
    from netstat_parse.reading.grammar_loader import import_grammars
    from netstat_parse.systems import catalog
    from netstat_parse.systems.generated import read_toml, write_data
    from netstat_parse.systems.vocabularies import own_files

    for system in catalog.own_systems():
        package = catalog.own_package(system).__name__
        yield f"grammars/{system}/_lowered.py", lowering.generate(import_grammars(system))
        yield f"grammars/{system}/_words.py", write_data(own_files(system))
        yield f"grammars/{system}/_counters.py", write_data(read_toml(package, "counters.toml"))
    yield "systems/_others.py", write_data(read_toml("netstat_parse.systems", "others.toml"))
