"""Imports go one way through the packages: each has a list of what it may import, and one public verb."""

import ast
import re
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).parents[1]

ALLOWED = {
    "_version": set(),
    "logger": set(),
    "text_cache": set(),
    "patterns": set(),
    "generated_modules": set(),
    "precompiled": set(),
    "named_fields": set(),
    "conversions": {"precompiled", "text_cache"},
    "tokens": {"conversions", "patterns"},
    "workspace": set(),
    "decode": {"named_fields", "precompiled"},
    "inputs": {"named_fields", "precompiled"},
    "workers": {"inputs"},
    "records": {"generated_modules", "named_fields", "precompiled"},
    "frames": {"records"},
    "notebook": {"records"},
    "errors": {"records"},
    "arguments": {"errors"},
    "schema": {"frames", "notebook", "records"},  # the first two in methods of `Dump`
    "escapes": {"decode", "named_fields", "precompiled"},
    "systems": {"generated_modules", "grammars", "logger", "named_fields", "precompiled", "text_cache"},
    "logs": {"named_fields", "precompiled", "systems"},
    "fuse": {"conversions", "patterns", "precompiled", "records", "tokens"},
    "grammar": {"conversions", "fuse", "named_fields", "patterns", "precompiled", "records", "systems", "tokens"},
    "grammars": {
        "conversions",
        "generated_modules",
        "grammar",
        "patterns",
        "precompiled",
        "systems",
        "text_cache",
        "tokens",
    },
    "reading": {
        "decode",
        "errors",
        "escapes",
        "generated_modules",
        "grammar",
        "logger",
        "logs",
        "named_fields",
        "precompiled",
        "records",
        "systems",
        "workers",
    },
    "formats": {"named_fields", "precompiled", "records"},
    "live": {"errors", "logger", "logs", "reading", "records"},
    "sources": {"decode", "errors", "inputs", "named_fields", "reading", "records", "workers"},
    "store": {"_version", "inputs", "logger", "records", "sources", "workers", "workspace"},
    "arrow": {"store"},
    "fleet": {"store"},
    "dumps": {"records", "schema"},
    "insight": {"generated_modules", "records", "schema", "systems"},
    "screen": {"formats", "insight", "records"},
    "api": {"arguments", "decode", "dumps", "formats", "live", "reading", "records", "schema", "sources"},
    "analysis": {"api", "insight", "schema"},
    "__init__": {"_version", "analysis", "api", "errors", "live", "schema"},
    "ansible": {"__init__"},
    "cli": {
        *(
            "_version",
            "dumps",
            "errors",
            "formats",
            "inputs",
            "insight",
            "live",
            "logger",
            "named_fields",
            "precompiled",
            "records",
            "schema",
            "screen",
            "sources",
        ),
        *("store", "workers", "workspace"),
    },
    "__main__": {"cli"},
}
"""For each package and module of netstat_parse the others that it may import, also in a function or for types.

`__init__` stands for the public names, which nothing imports but the Ansible collection, as any other program does.
"""

ROOMS = {
    "moments": set(),
    "facts": set(),
    "compare": {"facts", "moments"},
    "check": {"compare", "facts", "moments"},
    "questions": {"facts", "moments"},
    "explain": {"check", "facts", "moments"},
}
"""For each package and module of netstat_parse.insight the others there that it may import."""

GRAMMAR_IMPORTS = {
    "netstat_parse.conversions",
    "netstat_parse.generated_modules",
    "netstat_parse.grammar",
    "netstat_parse.patterns",
    "netstat_parse.precompiled",
    "netstat_parse.systems.lookup",
    "netstat_parse.systems.vocabularies",
    "netstat_parse.text_cache",
    "netstat_parse.tokens",
}
"""Modules that grammars import, here and in other distributions."""

DOTTED = re.compile(r"netstat_parse(?:\.[a-z_]\w*)+\.?")
"""The name of a module, or the beginning of one in an f-string."""

VERB = re.compile(r"^In: .+\nOut: .+(?:\n.+)?\nPublic verb: `([\w.]+)`\.$", re.MULTILINE)
"""The lines that the docstring of every package has."""


def imports(path: Path) -> set[str]:
    """Return the packages and modules of netstat_parse that a module imports."""
    return {name_below(dotted) for dotted in imported_names(path) if dotted.partition(".")[0] == "netstat_parse"}


def imported_names(path: Path) -> set[str]:
    """Return the dotted names that a module imports.

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
            found |= {node.value} if name_below(node.value) != "__init__" else set()  # else it may name a logger
    return found


def name_below(dotted: str) -> str:
    """Return the package or module that a dotted name is in: "reading" of ``netstat_parse.reading.pipeline.Reading``."""
    name = dotted.split(".")[1] if "." in dotted else "__init__"
    return name if name in all_names() else "__init__"


def all_names() -> set[str]:
    """Return the names of all packages and modules of netstat_parse."""
    paths = [*(ROOT / "netstat_parse").glob("*.py"), *(ROOT / "netstat_parse").glob("*/"), ROOT / "grammars"]
    return {path.stem for path in paths if path.name != "__pycache__"}


def modules(name: str) -> list[Path]:
    folder = ROOT / "grammars" if name == "grammars" else ROOT / "netstat_parse" / name
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def test_the_list_has_all_packages_and_modules() -> None:
    assert ALLOWED.keys() == all_names()


@pytest.mark.parametrize("name", ALLOWED)
def test_a_package_imports_only_what_it_may(name: str) -> None:
    allowed = {name, *ALLOWED[name]}
    assert {path.name: others for path in modules(name) if (others := imports(path) - allowed)} == {}


def test_the_list_has_all_rooms_of_insight() -> None:
    folder = ROOT / "netstat_parse/insight"
    paths = [*folder.glob("*.py"), *(path.parent for path in folder.glob("*/__init__.py"))]
    assert {path.stem for path in paths} == {*ROOMS, "__init__"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_insight_imports_only_what_it_may(room: str) -> None:
    for path in modules(f"insight/{room}"):
        others = {name.split(".")[2] for name in imported_names(path) if name.startswith("netstat_parse.insight.")}
        assert others <= {room, *ROOMS[room]}, path.name


@pytest.mark.parametrize("arrows", [ALLOWED, ROOMS], ids=["netstat_parse", "insight"])
def test_imports_have_no_circle(arrows: dict[str, set[str]]) -> None:
    known: set[str] = set()
    while len(known) < len(arrows):
        added = {name for name, allowed in arrows.items() if allowed - {"grammars"} <= known} - known
        assert added, arrows.keys() - known
        known |= added


@pytest.mark.parametrize("path", modules("grammars"), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_grammar_imports_only_public_modules(path: Path) -> None:
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    imported = {str(node.module) for node in nodes if not node.level}
    assert {name for name in imported if name.startswith("netstat_parse")} <= GRAMMAR_IMPORTS


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "netstat_parse").glob("*/__init__.py")), *(ROOT / "netstat_parse/insight").glob("*/__init__.py")],
    ids=lambda path: path.parent.name,
)
def test_the_docstring_of_a_package_names_its_public_verb(path: Path) -> None:
    found = VERB.search(ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
    assert found
    assert found[1].startswith(f"{path.parent.name}.")
    assert callable(resolve_name(f"{'.'.join(path.relative_to(ROOT).parts[:-2])}.{found[1]}"))
