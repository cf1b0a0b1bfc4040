"""Judge a dump, a comparison, or the intervals of a log by all rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netstat_parse.insight.check.baseline import Baseline
from netstat_parse.insight.check.cases import CannotJudgeError, Case, View
from netstat_parse.insight.check.counter_functions import COUNTER_FUNCTIONS, SERIES_RULES
from netstat_parse.insight.check.counter_judge import judge_counters
from netstat_parse.insight.check.counter_rule import lower, raise_by_one
from netstat_parse.insight.check.record_rules import RECORD_RULES
from netstat_parse.insight.check.rules import Rule, Rules, load_rules
from netstat_parse.insight.check.scopes import Figures, add_figures, collect_figures
from netstat_parse.insight.moments import split_moments
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import SEVERITIES, Finding, NotJudged, Report

FUNCTIONS = {**RECORD_RULES, **COUNTER_FUNCTIONS}
"""Functions for one moment or one comparison, by rule."""

Outcome = list[Case] | str
"""Cases of a rule in one moment, or the reason why it cannot be judged there."""

Outcomes = Mapping[str, Outcome]


class _Moment(NamedTuple):
    """What the rules look at in one moment."""

    figures: Figures
    view: View | None
    """None for the sum of intervals, which is judged by its counters only."""


def judge(
    subject: Dump | Comparison | Sequence[Comparison], *, rules: Rules | None = None, baseline: Baseline | None = None
) -> Report:
    """Judge a dump, each moment of it by itself, or what changed between two moments.

    Several comparisons are the intervals of a log: each of them is judged, and the sum of them.

    Args:
        subject: what to judge.
        rules: the rules; None for the built-in ones.
        baseline: listeners that are meant to be there.

    Raises:
        ValueError: a comparison has no dumps, as one that was read from JSON.
    """
    rules = load_rules() if rules is None else rules
    moments = list(_list_moments(subject, baseline))
    outcomes = [_judge_moment(moment, rules) for moment in moments]
    series = [moment.figures for moment in moments if moment.view and moment.view.comparison]
    findings: list[Finding] = []
    not_judged: list[NotJudged] = []
    for rule in rules.values():
        found = [outcome[rule.id] for outcome in outcomes]
        if rule.id in SERIES_RULES:
            found = [_judge_series(rule, series)]
        cases = [outcome for outcome in found if not isinstance(outcome, str) and outcome]
        if cases:
            findings.append(_make_finding(rule, cases, len(moments)))
        elif all(isinstance(outcome, str) for outcome in found):
            reason = next((outcome for outcome in found if isinstance(outcome, str)), "there is no table to judge")
            not_judged.append(NotJudged(rule=rule.id, reason=reason))
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity), reverse=True)
    return Report(findings=findings, not_judged=not_judged)


def _list_moments(subject: Dump | Comparison | Sequence[Comparison], baseline: Baseline | None) -> Iterator[_Moment]:
    if isinstance(subject, Dump):
        views = [View(dump, None, baseline) for dump in split_moments(subject)]
    else:
        comparisons = [subject] if isinstance(subject, Comparison) else subject
        views = [View(comparison.moments[1], comparison, baseline) for comparison in comparisons]
    moments = [_Moment(collect_figures(view), view) for view in views]
    yield from moments
    if not isinstance(subject, Dump) and len(moments) > 1:
        yield _Moment(add_figures([moment.figures for moment in moments]), None)


def _judge_moment(moment: _Moment, rules: Rules) -> Outcomes:
    """Judge one moment by all rules, then let the rules that apply change the severity of others."""
    outcomes = {rule.id: _judge_rule(rule, moment) for rule in rules.values()}
    applying = {name for name, outcome in outcomes.items() if outcome and not isinstance(outcome, str)}
    return {name: _adjust(rules[name], outcome, applying) for name, outcome in outcomes.items()}


def _judge_rule(rule: Rule, moment: _Moment) -> Outcome:
    if rule.systems and moment.figures.system not in {*rule.systems, "unknown"}:
        return f"it applies to {' and '.join(rule.systems)} only"
    cases: list[Case] = []
    reasons: list[str] = []
    try:
        cases += judge_counters(rule.counters, moment.figures) if rule.counters else ()
    except CannotJudgeError as error:
        reasons.append(str(error))
    function = FUNCTIONS.get(rule.id)
    if function and moment.view:
        try:
            cases += function(moment.view, rule.limits)
        except CannotJudgeError as error:
            reasons.append(str(error))
    elif not rule.counters:
        reasons.append("there is no function for it" if moment.view else "it judges single moments")
    return reasons[0] if reasons and not cases and len(reasons) == bool(rule.counters) + bool(function) else cases


def _adjust(rule: Rule, outcome: Outcome, applying: set[str]) -> Outcome:
    if isinstance(outcome, str):
        return outcome
    if applying & set(rule.lowered_by):
        return [case._replace(severity=lower(case.severity)) for case in outcome]
    if applying & set(rule.raised_by):
        return [case._replace(severity=raise_by_one(case.severity)) for case in outcome]
    return outcome


def _judge_series(rule: Rule, series: Sequence[Figures]) -> Outcome:
    try:
        return list(SERIES_RULES[rule.id](series, rule.limits))
    except CannotJudgeError as error:
        return str(error)


def _make_finding(rule: Rule, moments: Sequence[list[Case]], total: int) -> Finding:
    """Make the finding of a rule from its cases in the moments where it applies: the latest of the most severe."""
    latest = max(enumerate(moments), key=lambda found: (_rank(found[1]), found[0]))[1]
    cases = sorted(latest, key=lambda case: SEVERITIES.index(case.severity), reverse=True)
    message = "; ".join(_list_messages(cases))
    if len(moments) > 1:
        message += f" (in {len(moments)} of {total} moments; these figures are of the latest of the most severe)"
    return Finding(
        rule=rule.id,
        severity=cases[0].severity,
        subject=", ".join(dict.fromkeys(case.subject for case in cases)),
        message=message,
        evidence=[proof for case in cases for proof in case.evidence],
        meaning=rule.meaning,
        remedy=rule.remedy,
        source=rule.source,
        threshold=rule.threshold,
    )


def _rank(cases: Iterable[Case]) -> int:
    return max(SEVERITIES.index(case.severity) for case in cases)


MOST_MESSAGES = 10
"""Number of cases that a message describes; the evidence has all of them."""


def _list_messages(cases: Sequence[Case]) -> Iterator[str]:
    subjects = {case.subject for case in cases}
    for case in cases[:MOST_MESSAGES]:
        yield f"{case.subject}: {case.message}" if len(subjects) > 1 else case.message
    if len(cases) > MOST_MESSAGES:
        yield f"{len(cases) - MOST_MESSAGES} more"
