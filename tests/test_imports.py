"""The arrows between the packages go one way: what each package must not import."""

import ast
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
"""For each package those that it must not import, in functions or for types either."""


def imports(path: Path) -> set[str]:
    """What of netstat_parse a module imports: the name of a package or module below it, "" for the package itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level and node.module == "netstat_parse":
            names = [alias.name for alias in node.names]
            found |= {name if (ROOT / "netstat_parse" / name).with_suffix(".py").exists() else "" for name in names}
        elif isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("netstat_parse."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("netstat_parse.")}
    return found


def modules(package: str) -> list[Path]:
    folder = ROOT / "grammars" if package == "grammars" else ROOT / "netstat_parse" / package
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_imports_only_what_stands_before_it(package: str) -> None:
    forbidden = set(FORBIDDEN[package]) - {package}
    assert {path.name: found for path in modules(package) if (found := imports(path) & forbidden)} == {}


def test_no_package_imports_the_public_names() -> None:
    own = [path for package in PACKAGES for path in modules(package)]
    assert [str(path) for path in own if "" in imports(path)] == []
