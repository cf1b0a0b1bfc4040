"""Lower the grammars and the vocabularies when a wheel is built, so that a run needs neither pyparsing nor TOML.

Each system gets ``_lowered.py``, ``_english.py``, ``_words.py``, ``_texts.py`` and ``_counters.py`` beside its
grammars; each other TOML file becomes a module of its package; ``records/_fields.py`` has the fields of the schema;
``_compiled.cpython-311``, or as the release is called, has the compiled patterns. An editable install has none of these
files: there the sources are read.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NOISE = b"""
2024-05-01 12:00:01 INFO web-1 collecting 'netstat' of case 4711, \\n see <a href="https://example.net">there</a>
[root@web-1 ~]# uptime
 12:00:02 up 10 days,  3:02,  2 users,  load average: 0.00, 0.01, 0.05
----- 10.0.0.1:22 is up since Mon May  1 12:00:02 UTC 2024 -----
{"time": "2024-05-01T12:00:02Z", "message": "done in 1.2 s: 3 warnings, 0 errors"}

"""
"""Lines of a log, which need further patterns."""


class LoweringHook(BuildHookInterface[Any]):
    """Adds the generated modules to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate the modules in the folder for build files, from where they are copied into the wheel."""
        if version == "editable":
            return
        # A new process: patterns that this one has compiled already would not be recorded.
        subprocess.run([sys.executable, str(Path(self.root, "hatch_build.py")), str(self._folder)], check=True)  # noqa: S603 - this file
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            build_data["force_include"][str(path)] = f"netstat_parse/{path.relative_to(self._folder).as_posix()}"

    def finalize(self, *_: object) -> None:
        """Remove the folder for build files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return Path(self.directory, "lowered")


def generate_files(root: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path below ``netstat_parse`` and the content of each generated file."""
    from netstat_parse import precompiled

    precompiled.recorded = set()  # before other modules compile their patterns

    from netstat_parse.grammar import lowering
    from netstat_parse.logs import messages
    from netstat_parse.reading import printed_texts
    from netstat_parse.reading.grammar_loader import import_grammars
    from netstat_parse.records import fields
    from netstat_parse.systems import catalog
    from netstat_parse.systems.generated import name_generated, read_toml, write_data
    from netstat_parse.systems.vocabularies import own_files

    with patch.object(catalog, "_entry_points", tuple):  # this wheel has nothing of other distributions
        for system in catalog.own_systems():
            package = catalog.own_package(system).__name__
            grammars, words = import_grammars(system), own_files(system)
            yield f"grammars/{system}/_lowered.py", lowering.generate(grammars)
            yield f"grammars/{system}/_words.py", write_data(words)
            yield f"grammars/{system}/_english.py", write_data(words["en"])
            texts = {
                "decode": printed_texts.collect_words(system),
                "logs": messages.collect_texts(system),
                "reading": printed_texts.collect_texts(system, grammars),
            }
            yield f"grammars/{system}/_texts.py", write_data(texts)
            if catalog.own_data(system, "counters.toml") is not None:
                yield f"grammars/{system}/_counters.py", write_data(read_toml(package, "counters.toml"))
        for package in ("systems", "insight/check", "insight/explain", "insight/facts"):
            place = root / "netstat_parse" / package
            for path in sorted(place.rglob("*.toml")):
                name = path.relative_to(place).as_posix()
                data = read_toml(f"netstat_parse.{package.replace('/', '.')}", name)
                yield f"{package}/{name_generated(name)}.py", write_data(data)
        yield "records/_fields.py", write_data(fields.collect_defaults())
        read_samples(root / "samples")
        yield precompiled.FILE, precompiled.generate(precompiled.recorded)


def read_samples(folder: Path) -> None:
    """Print all samples, alone and in a log, so that the patterns that the command line needs for them are compiled."""
    from netstat_parse.cli import main

    with tempfile.TemporaryDirectory() as logs:
        for number, path in enumerate(sorted(folder.rglob("*.txt"))):
            Path(logs, f"{number}.txt").write_bytes(NOISE + path.read_bytes() + NOISE)
        main(["--quiet", "--jobs=1", f"--output={os.devnull}", str(folder), logs])


def write_files(folder: Path) -> None:
    """Write the generated files into a folder."""
    root = Path(__file__).parent
    sys.path.insert(0, str(root))
    for name, content in generate_files(root):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
