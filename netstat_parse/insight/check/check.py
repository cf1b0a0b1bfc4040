"""Judge a dump, a comparison, or the intervals of a log by all rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple

from netstat_parse.insight.check.baseline import Baseline
from netstat_parse.insight.check.cases import CannotJudgeError, Case, View
from netstat_parse.insight.check.counter_functions import FIGURES_RULES, SERIES_RULES
from netstat_parse.insight.check.counter_judge import judge_counters
from netstat_parse.insight.check.counter_rule import lower, raise_by_one
from netstat_parse.insight.check.record_rules import RECORD_RULES
from netstat_parse.insight.check.rules import Rule, Rules, load_rules
from netstat_parse.insight.check.scopes import Figures, add_figures
from netstat_parse.insight.moments import split_moments
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.comparison import Comparison, Side
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Finding, NotJudged, Report

MAX_MESSAGES = 10
"""Number of cases that a message describes; the evidence has all of them."""

Outcome = list[Case] | str
"""Cases of a rule in one moment, or the reason why it cannot be judged there."""


class _Moment(NamedTuple):
    """The figures and tables of one moment."""

    figures: Figures
    view: View


class _Series(NamedTuple):
    """The moments of one host in a dump, or the intervals of its log."""

    host: str
    """Name of the host; of its system if no name is known."""
    moments: Sequence[_Moment]
    total: _Moment | None = None
    """Figures of all intervals added up, with the tables of the last; None unless there are several intervals."""

    @property
    def intervals(self) -> Sequence[Figures]:
        return [moment.figures for moment in self.moments] if self.total else ()


class _Outcomes(NamedTuple):
    """Outcomes of a rule in a series."""

    moments: Sequence[Outcome]
    total: Outcome | None
    """Outcome for the figures of all intervals, if the rule judges figures."""


def judge(
    subject: Dump | Comparison | Sequence[Comparison], *, rules: Rules | None = None, baseline: Baseline | None = None
) -> Report:
    """Judge a dump, each moment of it by itself, or what changed between two moments.

    Several comparisons are the intervals of a log. Rules about counters judge what was counted in all of them, and each
    interval where that hides it. Each host of a dump or log is judged by itself and has findings of its own.

    Args:
        subject: what to judge.
        rules: the rules; None for the built-in ones.
        baseline: listeners that are meant to be there.

    Raises:
        ValueError: a comparison has no dumps, as one that was read from JSON.
    """
    rules = load_rules() if rules is None else rules
    all_series = _list_series(subject, baseline)
    judged = [_judge_series(series, rules) for series in all_series]
    findings: list[Finding] = []
    not_judged: list[NotJudged] = []
    for rule in rules.values():
        outcomes = [found[rule.id] for found in judged]
        made = [_make_finding(rule, found) for found in outcomes]
        found = [(series, finding) for series, finding in zip(all_series, made, strict=True) if finding is not None]
        findings += (_name_host(finding, series.host) if all_series[1:] else finding for series, finding in found)
        reasons = [outcome for series in outcomes for outcome in series.moments]
        if not found and all(isinstance(outcome, str) for outcome in reasons):
            reason = next((outcome for outcome in reasons if isinstance(outcome, str)), "there are no records")
            not_judged.append(NotJudged(rule=rule.id, reason=reason))
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity), reverse=True)
    first, last = (None, None) if all_series[1:] else _find_ends(subject)  # several hosts have no common ends
    return Report(before=first, after=last, findings=findings, not_judged=not_judged)


def _find_ends(subject: Dump | Comparison | Sequence[Comparison]) -> tuple[Side | None, Side | None]:
    """Return the earliest and the latest side of what was compared; None for a dump."""
    if isinstance(subject, Dump):
        return None, None
    comparisons = [subject] if isinstance(subject, Comparison) else subject
    return (comparisons[0].before, comparisons[-1].after) if comparisons else (None, None)


def find_baseline_obstacle(report: Report) -> str | None:
    """Return why the baseline, or the earlier moment, could not be judged; None if it was."""
    return next((found.reason for found in report.not_judged if found.rule == "listener-changed"), None)


def _list_series(subject: Dump | Comparison | Sequence[Comparison], baseline: Baseline | None) -> list[_Series]:
    """List the series of a subject, each with the moments of one host and system."""
    if isinstance(subject, Dump):
        views = [View(dump, None, baseline) for dump in split_moments(subject) or [subject]]
    else:
        comparisons = [subject] if isinstance(subject, Comparison) else subject
        views = [View(comparison.moments[1], comparison, baseline) for comparison in comparisons]
    groups: dict[tuple[str | None, str], list[View]] = {}
    for view in views:
        groups.setdefault((view.origin, view.system), []).append(view)
    origins = Counter(origin for origin, _ in groups)
    return [
        _make_series(f"{origin} ({system})" if origin and origins[origin] > 1 else origin or system, own)
        for (origin, system), own in groups.items()
    ]


def _make_series(host: str, views: Sequence[View]) -> _Series:
    moments = [_Moment(view.figures, view) for view in views]
    if len(views) < 2 or views[-1].comparison is None:  # noqa: PLR2004 - one interval is its own sum
        return _Series(host, moments)
    return _Series(host, moments, _Moment(add_figures([moment.figures for moment in moments]), views[-1]))


def _judge_series(series: _Series, rules: Rules) -> Mapping[str, _Outcomes]:
    """Judge the moments of a series by all rules."""
    moments = [_judge_moment(moment, rules) for moment in series.moments]
    total = _judge_moment(series.total, rules) if series.total else {}
    outcomes = {}
    for rule in rules.values():
        if rule.id in SERIES_RULES:
            found = [_try(partial(SERIES_RULES[rule.id], series.intervals, rule.limits))]
        else:
            found = [moment[rule.id] for moment in moments]
        added = total.get(rule.id) if rule.counters or rule.id in FIGURES_RULES else None
        outcomes[rule.id] = _Outcomes(found, added)
    return outcomes


def _judge_moment(moment: _Moment, rules: Rules) -> Mapping[str, Outcome]:
    """Judge one moment by all rules, then let the rules that apply change the severity of others."""
    outcomes = {rule.id: _judge_rule(rule, moment) for rule in rules.values()}
    applying = {name for name, outcome in outcomes.items() if outcome and not isinstance(outcome, str)}
    return {name: _adjust(rules[name], outcome, applying) for name, outcome in outcomes.items()}


def _judge_rule(rule: Rule, moment: _Moment) -> Outcome:
    """Judge one moment by the counters of a rule, by its function, or by both."""
    if rule.systems and moment.figures.system not in {*rule.systems, "unknown"}:
        return f"it applies to {' and '.join(rule.systems)} only"
    outcomes: list[Outcome] = []
    if rule.counters:
        outcomes.append(_try(partial(judge_counters, rule.counters, moment.figures)))
    if rule.id in FIGURES_RULES:
        outcomes.append(_try(partial(FIGURES_RULES[rule.id], moment.figures, rule.limits)))
    if rule.id in RECORD_RULES:
        outcomes.append(_try(partial(RECORD_RULES[rule.id], moment.view, rule.limits)))
    judged = [outcome for outcome in outcomes if not isinstance(outcome, str)]
    if judged:
        return [case for cases in judged for case in cases]
    return next(iter(outcomes), "it judges intervals of a log")


def _try(function: Callable[[], Iterable[Case]]) -> Outcome:
    """Return the cases of a rule, or the reason why it cannot be judged."""
    try:
        return list(function())
    except CannotJudgeError as error:
        return str(error)


def _adjust(rule: Rule, outcome: Outcome, applying: set[str]) -> Outcome:
    if isinstance(outcome, str):
        return outcome
    if applying & set(rule.lowered_by):
        return [case._replace(severity=lower(case.severity)) for case in outcome]
    if applying & set(rule.raised_by):
        return [case._replace(severity=raise_by_one(case.severity)) for case in outcome]
    return outcome


def _make_finding(rule: Rule, found: _Outcomes) -> Finding | None:
    """Make the finding of a rule in a series; None if it found nothing."""
    moments = [outcome if not isinstance(outcome, str) else [] for outcome in found.moments]
    total = [] if found.total is None or isinstance(found.total, str) else found.total
    cases = [*total, *_choose_cases(moments, {case.subject for case in total})]
    if not cases:
        return None
    reached, number, where = sum(map(bool, moments)), len(moments), ""
    if total:
        where = f" (over {number} intervals; {reached} of them by themselves reach a threshold)"
    elif number > 1:
        where = f" (in {reached} of {number} moments; of each case the latest of the most severe)"
    cases = sorted(cases, key=lambda case: SEVERITIES.index(case.severity), reverse=True)
    return Finding(
        rule=rule.id,
        severity=cases[0].severity,
        subject=", ".join(dict.fromkeys(case.subject for case in cases)),
        message="; ".join(_list_messages(cases)) + where,
        evidence=[proof for case in cases for proof in case.evidence],
        meaning=rule.meaning,
        remedy=rule.remedy,
        source=rule.source,
        threshold=rule.threshold,
    )


def _choose_cases(moments: Sequence[Sequence[Case]], known: AbstractSet[str]) -> Iterator[Case]:
    """Choose of each subject the cases in the latest of the moments where it is most severe."""
    best: dict[str, tuple[int, int]] = {}
    for index, cases in enumerate(moments):
        for case in cases:
            place = SEVERITIES.index(case.severity), index
            best[case.subject] = max(place, best.get(case.subject, place))
    for index, cases in reversed([*enumerate(moments)]):
        yield from (case for case in cases if case.subject not in known and best[case.subject][1] == index)


def _name_host(finding: Finding, host: str) -> Finding:
    """Put the name of the host before subject and message."""
    subject, message = finding.subject, finding.message
    first = subject.partition(", ")[0]
    named = message if message.startswith(first) else f"{subject}: {message}"
    return finding.model_copy(update={"subject": f"{host}: {subject}", "message": f"{host}: {named}"})


def _list_messages(cases: Sequence[Case]) -> Iterator[str]:
    subjects = {case.subject for case in cases}
    for case in cases[:MAX_MESSAGES]:
        is_named = len(subjects) == 1 or case.subject in case.message
        yield case.message if is_named else f"{case.subject}: {case.message}"
    if len(cases) > MAX_MESSAGES:
        yield f"{len(cases) - MAX_MESSAGES} more"
