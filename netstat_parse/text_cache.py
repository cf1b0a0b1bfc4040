"""Cache what a function returns for short texts: hostile input may have any number of long ones."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

MAX_CACHED_TEXTS = 4096

MAX_CACHED_CHARS = 300
"""Length of a text that is cached; labels of counters and addresses are shorter."""


def cache_short_texts(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Cache the last results of a function of texts, if no text is long; so a full cache has a known size."""
    cached = cast("Callable[Arguments, Result]", lru_cache(maxsize=MAX_CACHED_TEXTS)(function))

    @wraps(function)
    def call(*texts: Arguments.args, **others: Arguments.kwargs) -> Result:
        for text in texts:
            if text is not None and len(cast("str", text)) > MAX_CACHED_CHARS:
                return function(*texts, **others)
        return cached(*texts, **others)

    return call
