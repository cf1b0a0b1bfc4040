"""Imports between the packages go one way: each package has a list of those that it must not import."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PACKAGES = [
    "inputs",
    "decode",
    "logs",
    "systems",
    "fuse",
    "grammar",
    "reading",
    "records",
    "formats",
    "live",
    "store",
    "cli",
    "schema",
]

FORBIDDEN = {
    "records": PACKAGES,
    "decode": PACKAGES,
    "inputs": PACKAGES,
    "schema": PACKAGES,
    "tokens": PACKAGES,
    "fuse": ["inputs", "decode", "logs", "systems", "grammar", "reading", "formats", "live", "store", "cli"],
    "systems": ["inputs", "decode", "logs", "grammar", "reading", "records", "formats", "live", "store", "cli"],
    "logs": ["inputs", "decode", "grammar", "reading", "records", "formats", "live", "store", "cli"],
    "formats": ["reading", "grammar", "fuse", "inputs", "decode", "logs", "systems", "live", "store", "cli"],
    "grammar": ["reading", "logs", "inputs", "decode", "formats", "live", "store", "cli"],
    "reading": ["formats", "live", "store", "inputs", "cli"],
    "live": ["store", "formats", "inputs", "cli"],
    "store": ["live", "cli"],
    "api": ["cli"],
    "grammars": ["inputs", "decode", "logs", "fuse", "reading", "records", "formats", "live", "store", "cli", "schema"],
}
"""For each package those that it must not import, not even in a function or for types."""


def imports(path: Path) -> set[str]:
    """Return what of netstat_parse a module imports: names of packages or modules below it, "" for its public names.

    That is any import, absolute or relative, and any string that is the dotted name of a module, as `import_module` takes.
    """
    module = path.relative_to(ROOT).with_suffix("").parts
    package = ("netstat_parse", *module[:-1]) if module[0] == "grammars" else module[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) + 1 - node.level]] if node.level else []
            base += [node.module] if node.module else []
            found |= {".".join([*base, alias.name]) for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
            found |= {node.value} if name_below(node.value) else set()  # else it names no module, but a logger perhaps
    return {name_below(dotted) for dotted in found if dotted.partition(".")[0] == "netstat_parse"}


DOTTED = re.compile(r"netstat_parse(?:\.[a-z_]\w*)+\.?")
"""The name of a module, or the beginning of one in an f-string."""


def name_below(dotted: str) -> str:
    """Return the package or module that a dotted name is in: "reading" of ``netstat_parse.reading.pipeline.Reading``."""
    name = dotted.split(".")[1] if "." in dotted else ""
    place = ROOT / "netstat_parse" / name
    return name if name == "grammars" or place.is_dir() or place.with_suffix(".py").exists() else ""


def modules(package: str) -> list[Path]:
    folder = ROOT / "grammars" if package == "grammars" else ROOT / "netstat_parse" / package
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_imports_only_what_comes_before_it(package: str) -> None:
    forbidden = set(FORBIDDEN[package]) - {package}
    assert {path.name: found for path in modules(package) if (found := imports(path) & forbidden)} == {}


def test_no_package_imports_the_public_names() -> None:
    own = [path for package in PACKAGES for path in modules(package)]
    assert [str(path) for path in own if "" in imports(path)] == []
