"""Rules about counters that are more than a ratio: functions, with their thresholds in the data."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits
from netstat_parse.insight.check.scopes import Amount, Figures, Scope
from netstat_parse.schema.findings import Evidence

FiguresRule = Callable[[Figures, Limits], Iterable[Case]]
"""A rule about one moment or one comparison.

Raises:
    CannotJudgeError: the figures were not printed.
"""

SeriesRule = Callable[[Sequence[Figures], Limits], Iterable[Case]]
"""A rule about intervals that follow one another.

Raises:
    CannotJudgeError: there are too few intervals, or the figures were not printed.
"""

NO_LOSS = ("TcpExt.TCPSynRetrans", "TcpExt.TCPLossProbes")
"""Segments sent again that show no loss between hosts that talk."""

NEEDS_INTERVALS = "it compares intervals of a log with one another"


def judge_nothing_received(figures: Figures, limits: Limits) -> Iterator[Case]:
    """Find an IPv4 that has received nothing: since the start, or while segments were sent again without an answer.

    Only a sender of datagrams may hear nothing for a while, and so may an idle host.

    Raises:
        CannotJudgeError: the figures were not printed, or the time is too short.
    """
    scopes = {scope.kind: scope for scope in figures.scopes if scope.kind != "interface"}
    received = _require(scopes.get("ipv4"), "Ip.InReceives")
    sent = _require(scopes.get("ipv4"), "Ip.OutRequests")
    if figures.mode == "dump":
        others = scopes["ipv6"].get("Ip.InReceives") if "ipv6" in scopes else None
        if received.value == 0 and sent.value == 0 and not (others and others.value):
            message = "no packet was received or sent since the start"
            yield Case("warning", "IPv4", message, received.evidence + sent.evidence)
        return
    if figures.seconds is None or figures.seconds < limits["least_seconds"]:
        raise CannotJudgeError(f"it needs two moments that are {limits['least_seconds']} s apart")
    again = _require(scopes.get("sum"), "Tcp.RetransSegs")
    if (
        received.value == 0
        and sent.value >= limits["least_sent"]
        and again.value >= limits["least_retransmissions"]
        and received.has_rate
    ):
        message = f"{sent.value:,} packets were sent and none was received, {again.value:,} segments were sent again"
        yield Case("error", "IPv4", message, received.evidence + sent.evidence + again.evidence)


class _Loss(NamedTuple):
    """Segments of an interval, and those sent again."""

    again: Amount
    sent: Amount

    @property
    def ratio(self) -> float:
        return self.again.value / self.sent.value


def judge_rising_loss(series: Sequence[Figures], limits: Limits) -> Iterator[Case]:
    """Find the interval from which on much more was sent again than before.

    Raises:
        CannotJudgeError: there are too few intervals with enough traffic.
    """
    losses = [_Loss(_count_lost(scope), _require(scope, "Tcp.OutSegs")) for scope in _sums(series)]
    losses = [loss for loss in losses if loss.sent.value >= limits["least_segments"]]
    least_before, least_after = limits["least_before"], limits["least_after"]
    if len(losses) < least_before + least_after:
        raise CannotJudgeError(NEEDS_INTERVALS)
    ratios = [loss.ratio for loss in losses]
    splits = range(least_before, len(losses) - least_after + 1)
    medians = {split: (median(ratios[:split]), median(ratios[split:])) for split in splits}
    rising = [
        split
        for split, (before, after) in medians.items()
        if after >= limits["least_ratio"] and after >= limits["factor"] * before
    ]
    if rising:
        # The medians of neighbouring splits are often the same; the means differ.
        split = max(rising, key=lambda split: fmean(ratios[split:]) - fmean(ratios[:split]))
        before, after = medians[split]
        message = (
            f"in the last {len(losses) - split} of {len(losses)} intervals {100 * after:.1f} % of the segments were "
            f"sent again, before that {100 * before:.2g} %"
        )
        ratio = Evidence(field="ratio", value=round(100 * after, 4), unit="percent")
        first = losses[split]
        yield Case("warning", "TCP", message, (*first.again.evidence, *first.sent.evidence, ratio))


def _count_lost(scope: Scope) -> Amount:
    """Return the segments that were sent again, but for SYNs and probes.

    Raises:
        CannotJudgeError: they were not printed, or are doubtful.
    """
    again = _require(scope, "Tcp.RetransSegs")
    others = [amount.value for name in NO_LOSS if (amount := scope.get(name))]
    return again._replace(value=max(again.value - sum(others), 0))


def judge_resets_sent(series: Sequence[Figures], limits: Limits) -> Iterator[Case]:
    """Find intervals with many more resets sent than in the interval before.

    Raises:
        CannotJudgeError: there are no two intervals that are long enough.
    """
    resets = [_require(scope, "Tcp.OutRsts") for scope in _sums(series)]
    least = limits["least_seconds"]
    pairs = [
        (before.value / earlier.seconds, after, later.seconds)
        for (earlier, before), (later, after) in pairwise(zip(series, resets, strict=True))
        if earlier.seconds and later.seconds and min(earlier.seconds, later.seconds) >= least
    ]
    if not pairs:
        raise CannotJudgeError(f"it needs two intervals of {least} s")
    for before, after, seconds in pairs:
        rate = after.value / seconds
        if rate >= limits["factor"] * max(before, limits["least_earlier_rate"]):
            message = f"{after.value:,} resets were sent, {rate:,.1f} per second, after {before:,.1f} per second"
            proof = Evidence(field="rate", value=round(rate, 3), unit="per_second")
            yield Case("warning", "TCP", message, (*after.evidence, proof))


def _sums(series: Sequence[Figures]) -> list[Scope]:
    """Return the figures of each interval, both families added up.

    Raises:
        CannotJudgeError: there are no counters.
    """
    if len(series) < 2:  # noqa: PLR2004 - one interval has none before it
        raise CannotJudgeError(NEEDS_INTERVALS)
    return [scope for figures in series for scope in figures.scopes if scope.kind == "sum"]


def _require(scope: Scope | None, name: str) -> Amount:
    """Return a figure.

    Raises:
        CannotJudgeError: it was not printed, or is doubtful.
    """
    amount = scope.get(name) if scope else None
    if amount is None:
        raise CannotJudgeError(f"{name} was not printed, or is doubtful")
    return amount


FIGURES_RULES: Mapping[str, FiguresRule] = {"ip-nothing-received": judge_nothing_received}
"""Functions for one moment or one comparison, by rule."""

SERIES_RULES: Mapping[str, SeriesRule] = {
    "tcp-retransmission-rising": judge_rising_loss,
    "tcp-resets-sent": judge_resets_sent,
}
"""Functions for several intervals, by rule."""
