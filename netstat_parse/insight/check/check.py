"""Judge a dump, a comparison, or the intervals of a log by all rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import SEVERITIES, Finding, NotJudged, Report

MAX_MESSAGES = 10
"""Number of cases that a message describes; the evidence has all of them."""

Outcome = list[Case] | str
"""Cases of a rule in one moment, or the reason why it cannot be judged there."""


class _Moment(NamedTuple):
    """The figures and tables of one moment."""

    figures: Figures
    view: View


class _Subject(NamedTuple):
    """The moments of a dump, or the intervals of a log."""

    moments: Sequence[_Moment]
    """Moments of a dump, or intervals of a log."""
    total: _Moment | None = None
    """Figures of all intervals added up, with the tables of the last; None unless there are several intervals."""

    @property
    def intervals(self) -> Sequence[Figures]:
        return [moment.figures for moment in self.moments] if self.total else ()


def judge(
    subject: Dump | Comparison | Sequence[Comparison], *, rules: Rules | None = None, baseline: Baseline | None = None
) -> Report:
    """Judge a dump, each moment of it by itself, or what changed between two moments.

    Several comparisons are the intervals of a log. Rules about counters judge what was counted in all of them, and each
    interval where that hides it.

    Args:
        subject: what to judge.
        rules: the rules; None for the built-in ones.
        baseline: listeners that are meant to be there.

    Raises:
        ValueError: a comparison has no dumps, as one that was read from JSON.
    """
    rules = load_rules() if rules is None else rules
    judged = _prepare(subject, baseline)
    outcomes = [_judge_moment(moment, rules) for moment in judged.moments]
    total = _judge_moment(judged.total, rules) if judged.total else {}
    findings: list[Finding] = []
    not_judged: list[NotJudged] = []
    for rule in rules.values():
        if rule.id in SERIES_RULES:
            found = [_try(partial(SERIES_RULES[rule.id], judged.intervals, rule.limits))]
        else:
            found = [outcome[rule.id] for outcome in outcomes]
        added = total.get(rule.id) if rule.counters or rule.id in FIGURES_RULES else None
        if (finding := _make_finding(rule, found, added)) is not None:
            findings.append(finding)
        elif all(isinstance(outcome, str) for outcome in found):
            reason = next((outcome for outcome in found if isinstance(outcome, str)), "there are no records")
            not_judged.append(NotJudged(rule=rule.id, reason=reason))
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity), reverse=True)
    return Report(findings=findings, not_judged=not_judged)


def _prepare(subject: Dump | Comparison | Sequence[Comparison], baseline: Baseline | None) -> _Subject:
    if isinstance(subject, Dump):
        views = [View(dump, None, baseline) for dump in split_moments(subject)]
        return _Subject([_Moment(view.figures, view) for view in views])
    comparisons = [subject] if isinstance(subject, Comparison) else subject
    views = [View(comparison.moments[1], comparison, baseline) for comparison in comparisons]
    moments = [_Moment(view.figures, view) for view in views]
    if len(moments) < 2:  # noqa: PLR2004 - one interval is its own sum
        return _Subject(moments)
    return _Subject(moments, _Moment(add_figures([moment.figures for moment in moments]), views[-1]))


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


def _make_finding(rule: Rule, found: Sequence[Outcome], added: Outcome | None) -> Finding | None:
    """Make the finding of a rule: of the sum of intervals, or of the latest of the moments where it is most severe."""
    moments = [outcome for outcome in found if outcome and not isinstance(outcome, str)]
    if added and not isinstance(added, str):
        cases, where = added, f" (over {len(found)} intervals; {len(moments)} of them by themselves reach a threshold)"
    elif moments:
        cases = max(enumerate(moments), key=lambda moment: (_rank(moment[1]), moment[0]))[1]
        where = f" (in {len(moments)} of {len(found)} moments; the latest of the most severe)" if found[1:] else ""
    else:
        return None
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


def _rank(cases: Iterable[Case]) -> int:
    return max(SEVERITIES.index(case.severity) for case in cases)


def _list_messages(cases: Sequence[Case]) -> Iterator[str]:
    subjects = {case.subject for case in cases}
    for case in cases[:MAX_MESSAGES]:
        is_named = len(subjects) == 1 or case.subject in case.message
        yield case.message if is_named else f"{case.subject}: {case.message}"
    if len(cases) > MAX_MESSAGES:
        yield f"{len(cases) - MAX_MESSAGES} more"
