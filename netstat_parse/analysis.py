"""The functions of the package that judge dumps and explain terms: `compare`, `check`, `listeners`, `explain`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from netstat_parse.insight.check.baseline import Baseline
    from netstat_parse.schema import Connection, Dump
    from netstat_parse.schema.comparison import Comparison
    from netstat_parse.schema.explanation import Explanation
    from netstat_parse.schema.findings import Finding


def compare(before: "Dump", after: "Dump", *, seconds: float | str | None = None) -> "Comparison":
    """Compare two dumps of one host: what changed from the first to the second.

    Of a dump with several moments, such as the log of an interval, the last one is compared; `compare_all` compares
    each with the next one.

    Args:
        before: the earlier dump.
        after: the later dump.
        seconds: the time between them, for rates; None to compute it from their time stamps, as far as they have any.

    Raises:
        TypeError: one of them is no dump.
        ValueError: `seconds` is no number above 0.
    """
    from netstat_parse.insight.compare.compare import compare as compare_dumps

    _require_dumps("compare", before, after)
    return compare_dumps(before, after, seconds=seconds)


def compare_all(dump: "Dump", *, seconds: float | str | None = None) -> "list[Comparison]":
    """Compare each moment of a log with the next one of the same host.

    Args:
        dump: a dump with several moments.
        seconds: the time from each moment to the next; None to compute it from the time stamps, or from the interval of
            the command.

    Raises:
        TypeError: it is no dump.
        ValueError: `seconds` is no number above 0.
    """
    from netstat_parse.insight.compare.compare import compare_all as compare_moments

    _require_dumps("compare_all", dump)
    return compare_moments(dump, seconds=seconds)


def _require_dumps(function: str, *values: object) -> None:
    from netstat_parse.schema import Dump

    for value in values:
        if not isinstance(value, Dump):
            raise TypeError(
                f"{function} takes a Dump, as of parse(text) or parse_file(path), not {type(value).__name__}"
            )


def check(
    subject: "Dump | Comparison | Sequence[Comparison]",
    *,
    rules: str | os.PathLike[str] | None = None,
    baseline: "Baseline | str | None" = None,
) -> "list[Finding]":
    """Return what is wrong in a dump, or in what changed between two, most severe first.

    The figures of a dump count since the start of its system; those of a comparison weigh more. Of a
    dump with several moments each is judged, and each rule gives one finding for each host. Several comparisons are the
    intervals of a log.

    Args:
        subject: a dump, a comparison, or several comparisons that follow one another.
        rules: a TOML file that adds rules, changes their thresholds, or switches them off.
        baseline: the listeners that should be there: a dump, lines such as ``tcp 0.0.0.0:22 sshd``, or the text of
            either.

    Raises:
        OSError: the file of rules cannot be read.
        TypeError: the subject is no dump, and no comparison.
        ValueError: the file of rules or a line of the baseline is wrong, the listeners cannot be compared with the
            baseline, or a comparison has no dumps, as one that was read from JSON.
    """
    from netstat_parse.insight.check.check import find_baseline_obstacle, judge
    from netstat_parse.insight.check.rules import load_rules
    from netstat_parse.schema import Dump
    from netstat_parse.schema.comparison import Comparison

    comparisons = subject if isinstance(subject, (list, tuple)) else [subject]
    if not isinstance(subject, Dump) and not all(isinstance(comparison, Comparison) for comparison in comparisons):
        kinds = "a Dump, as of parse(text) or parse_file(path), a Comparison, or a list of comparisons"
        raise TypeError(f"check takes {kinds}, not {type(subject).__name__}")
    if isinstance(baseline, str):
        baseline = _read_baseline(baseline)
    report = judge(subject, rules=load_rules(None if rules is None else Path(rules)), baseline=baseline)
    if baseline is not None and (reason := find_baseline_obstacle(report)):
        raise ValueError(f"the listeners cannot be compared with the baseline: {reason}")
    return report.findings


def _read_baseline(text: str) -> "Baseline":
    """Read a baseline from a text.

    Raises:
        ValueError: it is neither a list of listeners nor the output of netstat.
    """
    from netstat_parse.api import parse
    from netstat_parse.insight.check.baseline import is_list, parse_baseline

    if is_list(text):
        return parse_baseline(text, "baseline")
    try:
        return parse(text, name="baseline")
    except ValueError as error:
        hint = "a list of listeners, such as `tcp 0.0.0.0:22 sshd`; of a file pass its text"
        raise ValueError(f"baseline is neither the output of netstat nor {hint}") from error


@overload
def listeners(dump: "Dump", *, snapshot: int | None = None) -> "list[Connection]": ...


@overload
def listeners(dump: "Mapping[str, Any]", *, snapshot: int | None = None) -> "list[Mapping[str, Any]]": ...


def listeners(dump: "Dump | Mapping[str, Any]", *, snapshot: int | None = None) -> "list[Any]":
    """Return the listening sockets of a dump, as ``netstat-parse listeners`` finds them.

    They are sockets in the state `listen`, and sockets without a peer whose protocol has no states, such as UDP, or
    whose state is not known.

    Args:
        dump: a dump, or its JSON document as a dict.
        snapshot: the index of the snapshot to select from; None for all.

    Raises:
        TypeError: it is no dump.
        ValueError: there is none, and the dump does not show that there was none: netstat was run without `-a` and
            `-l`, or printed no sockets.
    """
    from netstat_parse.insight.facts.listening import select_listeners

    if not isinstance(dump, Mapping):
        _require_dumps("listeners", dump)
    tables = dump if isinstance(dump, Mapping) else {"snapshots": dump.snapshots, "connections": dump.connections}
    return select_listeners(tables, snapshot)


def explain(term: str) -> "list[Explanation]":
    """Explain a term of netstat.

    The term is a counter by its name in the kernel, a MIB or the schema, or by any label that a netstat prints; a
    state, column or title in any language; a flag, a timer, an option, or a field of the schema. A term that means
    several things has several explanations, an unknown term has none.

    Args:
        term: the term, as people copy it: figures and a colon do not matter.
    """
    from netstat_parse.insight.explain.explain import explain

    return explain(term)
