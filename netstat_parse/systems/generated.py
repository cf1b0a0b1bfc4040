"""Data that is computed from the vocabularies and grammars of a system when a wheel is built.

A wheel has a module for each kind beside the grammars of a system: ``_printed_texts.py``, ``_words_by_language.py`` and
``_message_words.py``. In a checkout the data is computed in the run.
"""

from typing import Any

from netstat_parse.generated_modules import find_generated
from netstat_parse.systems import catalog


def read_computed(system: str, name: str) -> Any | None:  # noqa: ANN401 - each module has a type of its own
    """Return what was computed from our vocabularies and grammars of a system when the wheel was built.

    None in a checkout, and if another distribution adds to the system: then it is computed in the run.

    Args:
        system: the system.
        name: the name of the module beside its grammars.
    """
    if system not in catalog.own_systems() or any(catalog.foreign_packages(system)):
        return None
    generated = find_generated(catalog.own_package(system).__name__, name)
    return None if generated is None else generated.DATA
