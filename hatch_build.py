"""Lower the grammars and the vocabularies when a wheel is built, so that a run needs neither pyparsing nor TOML.

Each system gets ``_lowered.py`` and further modules of literals beside its grammars; each other TOML file becomes a
module of its package; ``records/_fields.py`` has the fields of the schema; ``_compiled.cpython-311``, or as the release
is called, has the compiled patterns. An editable install has none of these files: there the sources are read.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

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
        self._remove_folder()  # a build that was interrupted has left its files there
        # A new process: patterns that this one has compiled already would not be recorded.
        subprocess.run([sys.executable, str(Path(self.root, "hatch_build.py")), str(self._folder)], check=True)  # noqa: S603 - this file
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            build_data["force_include"][str(path)] = f"netstat_parse/{path.relative_to(self._folder).as_posix()}"

    def finalize(self, *_: object) -> None:
        """Remove the folder for build files."""
        self._remove_folder()

    def _remove_folder(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return Path(self.directory, "lowered")


def generate_files(root: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path below ``netstat_parse`` and the content of each generated file."""
    from netstat_parse import precompiled

    precompiled.recorded = set()  # before other modules compile their patterns

    from netstat_parse.generated_modules import write_data
    from netstat_parse.records import fields
    from netstat_parse.systems import catalog

    catalog.finds_others = False  # what other distributions add is not in this wheel
    for system in catalog.own_systems():
        for name, content in _generate_system(system):
            yield f"grammars/{system}/{name}", content
    for package in ("systems", "insight/check", "insight/explain", "insight/facts"):
        yield from _generate_data(root, package)
    yield "records/_fields.py", write_data(fields.collect_defaults())
    print_samples(root / "samples")
    yield precompiled.FILE, precompiled.generate(precompiled.recorded)


def _generate_system(system: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each module that is beside the grammars of a system."""
    from netstat_parse.generated_modules import read_toml, write_data
    from netstat_parse.grammar import lowering
    from netstat_parse.logs import messages
    from netstat_parse.reading import printed_texts
    from netstat_parse.reading.grammar_loader import import_grammars
    from netstat_parse.systems import catalog
    from netstat_parse.systems.vocabularies import own_files

    grammars, words = import_grammars(system), own_files(system)
    yield "_lowered.py", lowering.generate(grammars)
    yield "_words.py", write_data(words)
    yield "_english.py", write_data(words["en"])
    yield "_printed_texts.py", write_data(printed_texts.collect_texts(system, grammars))
    yield "_message_words.py", write_data(messages.collect_words(system))
    yield "_words_by_language.py", write_data(printed_texts.collect_words(system))
    if catalog.own_data(system, "counters.toml") is not None:
        yield "_counters.py", write_data(read_toml(catalog.own_package(system).__name__, "counters.toml"))


def _generate_data(root: Path, package: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of the module for each TOML file of a package."""
    from netstat_parse.generated_modules import name_generated, read_toml, write_data

    place = root / "netstat_parse" / package
    for path in sorted(place.rglob("*.toml")):
        name = path.relative_to(place).as_posix()
        data = read_toml(f"netstat_parse.{package.replace('/', '.')}", name)
        yield f"{package}/{name_generated(name)}.py", write_data(data)


def print_samples(folder: Path) -> None:
    """Print all samples, alone and in a log, so that the patterns that the command line needs for them are compiled.

    Raises:
        RuntimeError: the command line failed; a sample without a table is none of its failures.
    """
    from netstat_parse.cli import main
    from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_WRONG_INPUT

    samples, complaints = sorted(folder.rglob("*.txt")), io.StringIO()
    with tempfile.TemporaryDirectory() as logs, redirect_stderr(complaints):
        for number, path in enumerate(samples):
            Path(logs, f"{number}.txt").write_bytes(NOISE + path.read_bytes() + NOISE)
        status = main(["--quiet", "--jobs=1", f"--output={os.devnull}", *map(str, samples), logs])
    if status not in {EXIT_PARSED, EXIT_WRONG_INPUT}:
        raise RuntimeError(f"cannot print the samples in {folder}: exit status {status}: {complaints.getvalue()}")


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
