"""Grammars need no more than what grammars of other distributions can import."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "grammars" / "linux"
PUBLIC = {
    "netstat_parse.grammar",
    "netstat_parse.tokens",
    "netstat_parse.systems",
    "netstat_parse.systems.lookup",
    "netstat_parse.systems.vocabularies",
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_a_grammar_imports_only_public_names(path: Path) -> None:
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    imported = {str(node.module) for node in nodes if not node.level}
    assert {name for name in imported if name.startswith("netstat_parse")} <= PUBLIC
