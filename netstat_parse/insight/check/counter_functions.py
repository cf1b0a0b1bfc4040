"""Rules about counters that are more than a ratio: functions, with their thresholds in the data."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from netstat_parse.insight.check.cases import Case, Limits, RecordRule
from netstat_parse.insight.check.scopes import Figures

SeriesRule = Callable[[Sequence[Figures], Limits], Iterable[Case]]
"""A rule about intervals that follow one another.

Raises:
    CannotJudgeError: there are too few intervals, or the figures were not printed.
"""

COUNTER_FUNCTIONS: Mapping[str, RecordRule] = {}
"""Functions for one moment or one comparison, by rule."""

SERIES_RULES: Mapping[str, SeriesRule] = {}
"""Functions for several intervals, by rule."""
