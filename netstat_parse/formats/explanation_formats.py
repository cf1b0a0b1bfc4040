"""The formats of explanations by name, and `write_explanations`, which all of them go through.

An explanation is an object of JSON, as `netstat_parse.schema.Explanation` describes it. Those of a record also have the
`line`, `table` and `value` of a field.
"""

from collections.abc import Callable, Mapping, Sequence
from pkgutil import resolve_name
from typing import IO, Any, NamedTuple

from netstat_parse.formats.appearance import IN_FILE, Appearance

EXPLANATION_FORMATS: Mapping[str, str] = {
    "table": "explanation_text:write_table",
    "json": "explanation_text:write_json",
    "markdown": "explanation_text:write_markdown",
}
"""The module and function that write each format."""

Explanations = Sequence[Mapping[str, Any]]


class ExplanationTask(NamedTuple):
    """Explanations to write to a file."""

    explanations: Explanations
    file: IO[bytes]
    appearance: Appearance = IN_FILE


def write_explanations(task: ExplanationTask, format_name: str) -> None:
    """Write explanations in a format, one of `EXPLANATION_FORMATS`.

    Raises:
        KeyError: there is no such format.
        OSError: the file cannot be written.
    """
    write: Callable[[ExplanationTask], None] = resolve_name(f"{__package__}.{EXPLANATION_FORMATS[format_name]}")
    write(task)
