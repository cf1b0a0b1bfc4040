"""The public names of the package, and the imports between its modules."""

import ast
from pathlib import Path

import netstat_parse.grammar as public

FOLDER = Path(public.__file__).parent


def imports(module: str) -> set[str]:
    """The modules of the package that a module imports, for types only too."""
    nodes = ast.walk(ast.parse((FOLDER / f"{module}.py").read_text("utf-8")))
    names = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.rpartition(".")[2] for name in names if name.startswith(f"{public.__name__}.")}


def test_no_two_modules_of_the_package_import_each_other() -> None:
    left = {path.stem: imports(path.stem) for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}


def test_every_public_name_can_be_imported() -> None:
    assert [name for name in dir(public) if getattr(public, name, None) is None] == []
