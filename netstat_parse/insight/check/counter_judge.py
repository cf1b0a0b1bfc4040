"""Judge the counters of one rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from netstat_parse.insight.check.cases import CannotJudgeError, Case
from netstat_parse.insight.check.counter_rule import Alternatives, Condition, CounterRule, Limit, Sum, lower
from netstat_parse.insight.check.scopes import FAMILIES, Amount, Figures, Scope
from netstat_parse.schema.comparison import MIN_RATE_SECONDS
from netstat_parse.schema.findings import SEVERITIES, Evidence

PROTOCOLS = {"tcpext": "TCP", "ipext": "IP", "icmpmsg": "ICMP"}
"""Protocols of the kernel's groups that have not the protocol's name."""

NO_TIME = "the time between the moments is not known, or less than a second"

SMALL_PERCENT = 1
"""Percentage below which two significant digits are printed."""


@dataclass(frozen=True)
class _Measure:
    """The figures of a rule in one scope."""

    count: Amount
    base: Amount | None
    seconds: float | None
    """Seconds that a rate may be calculated from."""

    @property
    def ratio(self) -> float | None:
        return self.count.value / self.base.value if self.base and self.base.value > 0 else None

    @property
    def rate(self) -> float | None:
        return self.count.value / self.seconds if self.seconds else None


def judge_counters(rules: Sequence[CounterRule], figures: Figures) -> list[Case]:
    """Judge the figures of a rule; the most severe case is the first.

    Raises:
        CannotJudgeError: none of its figures were printed.
    """
    cases: list[Case] = []
    reasons: list[str] = []
    for rule in rules:
        try:
            cases += _judge_rule(rule, figures)
        except CannotJudgeError as error:
            reasons.append(str(error))
    if reasons and len(reasons) == len(rules):
        raise CannotJudgeError(reasons[0])
    return sorted(cases, key=lambda case: SEVERITIES.index(case.severity), reverse=True)


def _judge_rule(rule: CounterRule, figures: Figures) -> list[Case]:
    """Judge one figure in all of its scopes.

    Raises:
        CannotJudgeError: it can be judged in none of them.
    """
    if rule.systems and figures.system not in rule.systems:
        raise CannotJudgeError(f"{_name(rule.count)} does not mean this on {figures.system}")
    limits = [limit for limit in rule.limits if limit.mode == figures.mode]
    if not limits:
        raise CannotJudgeError("it compares two moments" if figures.mode == "dump" else "it judges a single moment")
    reasons: list[str] = []
    cases: list[tuple[Scope, Case | None]] = []
    for scope in _choose_scopes(rule, figures):
        try:
            cases.append((scope, _judge_scope(rule, limits, scope, figures.seconds)))
        except CannotJudgeError as error:
            reasons.append(str(error))
    if not cases:
        raise CannotJudgeError(reasons[0] if reasons else f"{_name(rule.count)} was not printed")
    return _drop_repeated([(scope, case) for scope, case in cases if case])


def _choose_scopes(rule: CounterRule, figures: Figures) -> list[Scope]:
    """Choose the scopes that have figures of their own.

    TCP is one protocol over both families, which only Windows counts apart: their sum is judged, and each family. All
    others are two protocols, IPv4's and IPv6's.
    """
    groups = {term.name.partition(".")[0] for terms in (*rule.count, *(rule.base or ())) for term in terms}
    if "interface" in groups:
        return [scope for scope in figures.scopes if scope.kind == "interface" and _applies_to(rule, scope)]
    kinds: set[str] = {scope.kind for scope in figures.scopes if scope.kind in FAMILIES and scope.own & groups}
    if not kinds or (len(kinds) > 1 and "Tcp" in groups):
        kinds.add("sum")
    return [scope for scope in figures.scopes if scope.kind in kinds and scope.kind in rule.scopes]


def _applies_to(rule: CounterRule, scope: Scope) -> bool:
    """Return whether a rule applies to an interface."""
    is_named = not rule.names or any(fnmatchcase(scope.subject, pattern) for pattern in rule.names)
    is_skipped = any(fnmatchcase(scope.subject, pattern) for pattern in rule.skipped_names)
    return is_named and not is_skipped and not scope.flags & rule.skipped_flags


def _drop_repeated(cases: Sequence[tuple[Scope, Case]]) -> list[Case]:
    """Keep the sum of both families; where it hides one of them, that family."""
    total = [case for scope, case in cases if scope.kind == "sum"]
    return total or [case for _, case in cases]


def _judge_scope(rule: CounterRule, limits: Sequence[Limit], scope: Scope, seconds: float | None) -> Case | None:
    """Judge the figures of one scope.

    Raises:
        CannotJudgeError: a figure that it needs was not printed, or is doubtful.
    """
    count = _add_up(rule.count, scope)
    if count is None:
        raise CannotJudgeError(f"{_name_missing(rule.count, scope)} was not printed, or is doubtful")
    base = _add_up(rule.base, scope) if rule.base else None
    has_rate = seconds is not None and seconds >= MIN_RATE_SECONDS and count.has_rate
    measure = _Measure(count, base, seconds if has_rate else None)
    usable = [
        limit for limit in limits if not (limit.ratio and base is None) and not (limit.per_second and not has_rate)
    ]
    if not usable:
        needs_base = rule.base is not None and base is None
        missing = f"{_name_missing(rule.base or (), scope)} was not printed" if needs_base else NO_TIME
        raise CannotJudgeError(missing)
    found = next((limit for limit in usable if _is_reached(limit, rule, measure)), None)
    is_meant = all(_holds(condition, scope) for condition in rule.where)
    if found is None or not is_meant or any(_holds(condition, scope) for condition in rule.unless):
        return None
    is_lowered = any(_holds(condition, scope) for condition in rule.lowered_where)
    severity = lower(found.severity) if is_lowered else found.severity
    return Case(severity, _name_subject(rule, scope), _describe(rule, found, measure), _list_evidence(found, measure))


def _is_reached(limit: Limit, rule: CounterRule, measure: _Measure) -> bool:
    count = measure.count.value
    if count < max(limit.count, rule.least_count[limit.mode]) or (limit.untimed and measure.rate is not None):
        return False
    if limit.ratio:
        too_few = measure.base is None or measure.base.value < rule.least_base[limit.mode]
        if too_few or (measure.ratio or 0) < limit.ratio:
            return False
    return (measure.rate or 0) >= limit.per_second and (measure.seconds or 0) >= limit.seconds


def _holds(condition: Condition, scope: Scope) -> bool:
    """Return whether a condition holds; not if its counters were not printed."""
    count = _add_up(condition.count, scope)
    if count is None or count.value < condition.least:
        return False
    if condition.base is None:
        return True
    base = _add_up(condition.base, scope)
    return base is not None and base.value > 0 and count.value / base.value >= condition.ratio


def _add_up(alternatives: Alternatives, scope: Scope) -> Amount | None:
    """Return the first of several sums that is known, rather one that is not 0; None if no sum is known.

    A kernel that is too old for a counter does not print it, as one that has counted nothing.
    """
    known = [found for terms in alternatives if (found := _add_terms(terms, scope))]
    return next((found for found in known if found.value), known[0] if known else None)


def _add_terms(terms: Sum, scope: Scope) -> Amount | None:
    value, evidence, has_rate = 0, list[Evidence](), True
    for term in terms:
        amount = scope.get(term.name)
        if amount is None:
            if term.optional and term.name not in scope.amounts:
                continue
            return None
        value += term.sign * amount.value
        evidence += amount.evidence if amount.value else ()
        has_rate &= amount.has_rate
    return Amount(max(value, 0), tuple(evidence), has_rate)


def _name(alternatives: Alternatives) -> str:
    return alternatives[0][0].name


def _name_missing(alternatives: Alternatives, scope: Scope) -> str:
    """Return the first name of the last alternative that is not known."""
    missing = [term.name for term in alternatives[-1] if not term.optional and scope.get(term.name) is None]
    return missing[0] if missing else _name(alternatives)


def _name_subject(rule: CounterRule, scope: Scope) -> str:
    """Name what a case is about: `eth0`, `TCP`, `IPv6`, `UDP over IPv6`."""
    if scope.subject:
        return scope.subject
    group = _name(rule.count).partition(".")[0]
    protocol = PROTOCOLS.get(group.lower(), group.upper())
    if scope.kind == "sum":
        return protocol
    if protocol == "IP":
        return scope.kind.replace("ip", "IP")
    return f"{protocol}v6" if (protocol, scope.kind) == ("ICMP", "ipv6") else _join_family(protocol, scope)


def _join_family(protocol: str, scope: Scope) -> str:
    return protocol if protocol == "ICMP" else f"{protocol} over {scope.kind.replace('ip', 'IP')}"


def _describe(rule: CounterRule, limit: Limit, measure: _Measure) -> str:
    base = f"{measure.base.value:,}" if measure.base else "an unknown number of"
    ratio = _format_ratio(measure.ratio) if measure.ratio is not None else "? %"
    message = rule.message.format(count=f"{measure.count.value:,}", base=base, ratio=ratio)
    if limit.per_second and measure.rate is not None:
        message += f", {measure.rate:,.1f} per second"
    return message


def _format_ratio(ratio: float) -> str:
    percent = 100 * ratio
    return f"{percent:,.1f} %" if percent >= SMALL_PERCENT else f"{percent:.2g} %"


def _list_evidence(limit: Limit, measure: _Measure) -> tuple[Evidence, ...]:
    return tuple(_iterate_evidence(limit, measure))


def _iterate_evidence(limit: Limit, measure: _Measure) -> Iterator[Evidence]:
    yield from measure.count.evidence
    if measure.base:
        known = {(proof.line, proof.kernel_name, proof.field) for proof in measure.count.evidence}
        yield from (
            proof for proof in measure.base.evidence if (proof.line, proof.kernel_name, proof.field) not in known
        )
    if measure.ratio is not None:
        yield Evidence(field="ratio", value=round(100 * measure.ratio, 4), unit="percent")
    if limit.per_second and measure.rate is not None:
        yield Evidence(field="rate", value=round(measure.rate, 3), unit="per_second")
