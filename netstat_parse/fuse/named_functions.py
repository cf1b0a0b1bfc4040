"""Functions by name, for data: ``netstat_parse.conversions:mac`` is imported when it is first called."""

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

Function = Callable[..., Any]


class NamedFunction:
    """A function that is imported when it is first called."""

    def __init__(self, name: str) -> None:
        self.name = name
        """The module, a colon and the name of the function in the module."""
        self._function: Function | None = None

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes and returns
        """Call the function."""
        return self.load()(*arguments)

    def load(self) -> Function:
        """Import the function."""
        if self._function is None:
            module, _, name = self.name.partition(":")
            function: Function = getattr(import_module(module), name)
            self._function = function
        return self._function


def resolve(function: Function | None) -> Function | None:
    """Return the function itself if it is one by name."""
    return function.load() if isinstance(function, NamedFunction) else function


def name_of(function: Function) -> str:
    """Return the name of a function for `NamedFunction`: of the variable of its module that holds it.

    ValueError explains what to write for a function that is in no variable.
    """
    if isinstance(function, NamedFunction):
        return function.name
    module = str(function.__module__)
    variables = vars(sys.modules[module]) if module in sys.modules else {}
    found = next((name for name, value in variables.items() if value is function), None)
    if found is None:
        kind = "partial" if isinstance(function, partial) else "function"
        raise ValueError(f"{function!r}: name this {kind} in its module, as `def name(...)` or `name = ...`")
    return f"{module}:{found}"
