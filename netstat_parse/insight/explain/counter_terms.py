"""The names and labels of counters: from the kernel, MIBs, the schema, and netstat in any language."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from netstat_parse.generated_modules import read_toml
from netstat_parse.insight.check.uses import find_rules
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.facts.counters import INTERFACE, CounterFacts, load_counters
from netstat_parse.schema.explanation import Explanation, TermNames
from netstat_parse.systems import catalog
from netstat_parse.systems.mib import counted
from netstat_parse.systems.vocabularies import english, meanings, vocabularies, vocabulary_part

Labels = Mapping[str, Mapping[str, list[str]]]
"""Labels of each counter, by kernel name and system: the newest English one first."""

MIB_PREFIXES = {
    "Ip": ("ip", "ipSystemStats", "ipIfStats"),
    "Ip6": ("ipSystemStats", "ipIfStats", "ipv6IfStats"),
    "Icmp": ("icmp", "icmpStats"),
    "Icmp6": ("ipv6IfIcmp", "icmpStats"),
    "Tcp": ("tcp",),
    "Udp": ("udp",),
    "Udp6": ("udp", "ipv6Udp"),
    "UdpLite": ("udplite",),
    "UdpLite6": ("udplite",),
    "Sctp": ("sctp",),
}
"""Prefixes of MIB objects: of RFC 4293, of RFC 1213 before it, and of RFC 2465 and 2466 for IPv6."""


def explain_counter(facts: CounterFacts, term: str = "") -> Explanation:
    """Make the explanation of a counter."""
    names = TermNames(kernel=_kernel_name(facts), mib=facts.mib, schema=schema_name(facts.kernel_name))
    return Explanation(
        term=term,
        kind="counter",
        names=names,
        labels={system: list(texts) for system, texts in load_labels().get(facts.kernel_name, {}).items()},
        meaning=facts.meaning,
        unit=facts.unit,
        counter_kind=facts.kind,
        **{"not": facts.is_not},
        sources=list(facts.sources),
        rules=find_rules(_kernel_name(facts) or schema_name(facts.kernel_name)),
    )


def schema_name(kernel_name: str) -> str:
    """Return the name in the schema: ``tcp.retrans_segs``, ``interfaces.in_octets``."""
    table, _, name = kernel_name.partition(".")
    if table == INTERFACE:
        return f"interfaces.{name}"
    if name.islower():
        return kernel_name
    found = counted(kernel_name)
    return f"{found.protocol}.{found.name}"


def names_of(facts: CounterFacts) -> Iterator[str]:
    """Yield the names of a counter: of the kernel, MIBs and the schema, with and without the table."""
    table, _, name = facts.kernel_name.partition(".")
    schema = schema_name(facts.kernel_name)
    yield from (facts.kernel_name, name, schema, schema.partition(".")[2])
    if table != INTERFACE and not name.islower():
        yield from (f"{table}{name}", f"{table}_{name}", f"node_netstat_{table}_{name}")
        yield f"{table}.{schema.partition('.')[2]}"
    if facts.mib:
        yield from (facts.mib, facts.mib.replace("ifIn", "ifHCIn").replace("ifOut", "ifHCOut"))
        for prefix in MIB_PREFIXES.get(table, ()):
            yield from (f"{prefix}{name}", f"{prefix}HC{name}")


@cache
def load_labels() -> Labels:
    """Load the English labels of all counters."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for system, label, kernel_name in (*_linux_labels(), *_windows_labels(), *_interface_labels()):
        known = found[kernel_name][system]
        if label not in known:
            known.insert(0, label)
    return found


def translated_labels() -> Iterator[tuple[str, str]]:
    """Yield the labels of counters in other languages, and of other versions, with their English."""
    for system in catalog.systems():
        for part in (*label_parts(system), "headings", "words"):
            yield from ((text, str(label)) for text, label in vocabulary_part(english(system), part).items())
            for text, found in meanings(system, part).items():
                yield from ((text, meaning.english) for meaning in found.values())


def label_parts(system: str) -> list[str]:
    """Return the parts of a system's vocabularies that have labels: one for each table, or one for all."""
    labels = [vocabulary.get("labels", {}) for vocabulary in vocabularies(system).values()]
    tables = {name for found in labels for name, texts in found.items() if isinstance(texts, Mapping)}
    return [f"labels.{name}" for name in sorted(tables)] or ["labels"]


def _kernel_name(facts: CounterFacts) -> str | None:
    table, _, name = facts.kernel_name.partition(".")
    return None if table == INTERFACE or name.islower() else facts.kernel_name


def _linux_labels() -> Iterator[tuple[str, str, str]]:
    for table, labels in read_toml(catalog.own_package("linux").__name__, "counters.toml").items():
        for label, name in labels.items():
            below = name if isinstance(name, dict) else {label: name}  # a histogram, or a counter
            yield from (("linux", text, f"{table}.{counter}") for text, counter in below.items())


def _windows_labels() -> Iterator[tuple[str, str, str]]:
    for block in catalog.own_module("windows", "statistics_facts").BLOCKS.values():
        yield from (("windows", label, name) for label, name in block.counters())


def _interface_labels() -> Iterator[tuple[str, str, str]]:
    columns = {system: found for system, found in read_data("columns.toml").items() if system != "same"}
    for system, headings in columns.items():
        for heading, fields in reversed(headings.items()):
            for field in fields if isinstance(fields, list) else ():
                table, _, name = field.partition(".")
                if table == "interfaces" and f"{INTERFACE}.{name}" in load_counters():
                    yield system, heading, f"{INTERFACE}.{name}"
