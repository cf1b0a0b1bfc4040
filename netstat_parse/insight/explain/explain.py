"""Explain a term of netstat."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from netstat_parse.insight.explain import counter_terms, fields, words
from netstat_parse.insight.explain.keys import fold, is_askable
from netstat_parse.insight.explain.own_words import load_own_words
from netstat_parse.insight.explain.rules import explain_rules
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.explain.words import Known, is_message, load_messages
from netstat_parse.insight.facts.counters import (
    INTERFACE,
    CounterFacts,
    find_counter,
    guess_counter,
    load_counters,
)
from netstat_parse.schema.explanation import Explanation
from netstat_parse.systems import catalog
from netstat_parse.systems.lookup import restore, split_headings

MAX_SUGGESTIONS = 3

MAX_WORDS = 14
"""Maximum number of words that are explained one by one; an interface has no more flags."""

_BY_TYPE = re.compile(
    r"(?:(?P<table>icmpmsg|icmp6?)[._]?)?(?P<way>in|out)?_?type[ _]?(?P<number>\d{1,5})(?!\d)", re.IGNORECASE
)
"""A counter of ICMP messages by number: ``Icmp6InType135``, ``in_type135``, ``Type 143`` of Windows 11."""

_TYPE_TABLES = {"icmpmsg": ("IcmpMsg",), "icmp6": ("Icmp6",), "type": ("Icmp6",)}
"""The kernel's tables of such counters; Windows prints ``Type`` for ICMPv6 only."""

_SEVERAL_OPTIONS = re.compile(r"[-/](?=\w{2})[A-Za-z0-9]{2,12}")

_SEVERAL_FLAGS = re.compile(r"[A-Za-z!#-]{2,14}")

_TABLE_AND_NAME = re.compile(r"(?P<table>[A-Z][A-Za-z]+6?)\.(?P<name>[A-Z]\w+)")


def explain(term: str) -> list[Explanation]:
    """Explain a term of netstat: a counter, state, type, timer, flag, column, field, option, title, word or message.

    A term that means several things has several explanations. A term that no netstat prints, and that the schema does
    not have, has none; `find_similar_terms` finds what may have been meant.
    """
    if not is_askable(term):
        return []
    term = " ".join(term.split())
    for find in _FINDERS:
        if found := list(_without_repeated(find(term))):
            return [explanation.model_copy(update={"term": term}) for explanation in found]
    return []


def find_similar_terms(term: str) -> list[str]:
    """Return the known terms that are most like an unknown one."""
    if not is_askable(term):
        return []
    near = get_close_matches(fold(term), _english_spellings(), MAX_SUGGESTIONS, cutoff=0.7)
    others = [] if near else get_close_matches(fold(term), _spellings(), MAX_SUGGESTIONS, cutoff=0.7)
    return [_spellings()[key] for key in near or others]


@cache
def _spellings() -> dict[str, str]:
    """Return all terms by their keys."""
    return {fold(text): text for text in _index().spellings}


@cache
def _english_spellings() -> list[str]:
    """Return the keys of names and of labels in English, which suggestions prefer."""
    others = {text for text, _ in counter_terms.translated_labels()}
    return [key for key, text in _spellings().items() if text.isascii() and text not in others]


class _Index:
    """All terms by their keys."""

    def __init__(self) -> None:
        self.counters: dict[str, list[str]] = defaultdict(list)
        self.known: dict[str, list[Known]] = defaultdict(list)
        self.spellings: dict[str, None] = {}
        """The texts of all terms, in order."""

    def add_counter(self, text: str, kernel_name: str) -> None:
        """Add a name or a label of a counter."""
        key = fold(text)
        if kernel_name not in self.counters[key]:
            self.counters[key].append(kernel_name)
        self.spellings[text] = None

    def add(self, known: Known) -> None:
        """Add any other term."""
        for text in known.texts:
            self.known[fold(text)].append(known)
            self.spellings[text] = None


@cache
def _index() -> _Index:
    index = _Index()
    for facts in load_counters().values():
        for text in counter_terms.names_of(facts):
            index.add_counter(text, facts.kernel_name)
    _add_labels(index)
    for load in (words.load_states, words.load_flags, words.load_columns, words.load_options, words.load_titles):
        for known in load():
            index.add(known)
    for known in load_own_words():
        index.add(known)
    for rule in explain_rules():
        index.add(Known(rule, (rule.term,)))
    return _add_fields(index)


def _add_labels(index: _Index) -> None:
    by_label = defaultdict(list)
    for kernel_name, systems in counter_terms.load_labels().items():
        for label in (label for labels in systems.values() for label in labels):
            index.add_counter(label, kernel_name)
            by_label[label].append(kernel_name)
    for text, label in counter_terms.translated_labels():
        for part in label.split(" | "):
            for kernel_name in by_label.get(part, ()):
                index.add_counter(text, kernel_name)


def _add_fields(index: _Index) -> _Index:
    counters = {counter_terms.schema_name(name) for name in load_counters() if name.startswith(f"{INTERFACE}.")}
    for path in fields.load_fields():
        if path not in counters:
            index.add(Known(fields.explain_field(path), tuple(fields.names_of(path))))
    for path in fields.load_fields():
        new = [word for word in fields.words_of(path) if fold(word) not in index.known]
        if new:
            index.add(Known(fields.explain_field(path), tuple(new)))
    return index


def _find_known(term: str) -> Iterator[Explanation]:
    """Find a term as it is known; the case of a name, a flag or an option counts if one has the same case."""
    key = fold(term)
    names = _index().counters.get(key, ())
    same_case = [name for name in names if not term.islower() and (name == term or name.endswith(f".{term}"))]
    for kernel_name in same_case or names:
        yield counter_terms.explain_counter(load_counters()[kernel_name])
    found = [known for known in _index().known.get(key, []) if not _is_other_option(known, term)]
    has_same_case = any(known.has_case and term in known.texts for known in found)
    for known in found:
        if not known.has_case or not has_same_case or term in known.texts:
            yield known.explanation


def _is_other_option(known: Known, term: str) -> bool:
    """Return whether a term differs from an option of Linux by case only: ``-z`` is not ``-Z``."""
    return known.has_case and known.explanation.kind == "option" and term not in known.texts


def _find_by_type(term: str) -> Iterator[Explanation]:
    """Find counters of ICMP messages by number."""
    if by_type := _BY_TYPE.match(term):
        table, way, number = by_type.groups()
        tables = _TYPE_TABLES.get(table.casefold() if table else "" if way else "type", ("IcmpMsg", "Icmp6"))
        ways = [way.capitalize()] if way else ["In", "Out"]
        names = [f"{name}.{direction}Type{number}" for name in tables for direction in ways]
        yield from _explain_counters(map(find_counter, names))


def _find_by_prefix(term: str) -> Iterator[Explanation]:
    """Find a counter of a newer kernel by the beginning of its name."""
    name = term.partition(":")[0].strip()
    if name.startswith("TCP") and name.isalnum():
        name = f"TcpExt.{name}"
    if _TABLE_AND_NAME.fullmatch(name):
        yield from _explain_counters([guess_counter(name)])


def _find_in_brackets(term: str) -> Iterator[Explanation]:
    """Find the term in brackets, ``[ ACC ]``, or before them: a title, or a timer with its figures."""
    term = unicodedata.normalize("NFKC", term)
    inner = term.strip("[]() ")
    before = re.split(r"[(\[]", term, maxsplit=1)[0].strip()
    for text in (inner, before):
        if text and text != term and (found := list(_find_known(text))):
            yield from found
            return


def _find_message(term: str) -> Iterator[Explanation]:
    for known in load_messages():
        if any(is_message(text, term) for text in known.texts):
            yield known.explanation


def _find_letters(term: str) -> Iterator[Explanation]:
    """Find each letter of several options, ``-ano``, or of several flags of one table, ``UGH``."""
    if _SEVERAL_OPTIONS.fullmatch(term):
        options = [list(_find_known(f"-{letter}")) for letter in dict.fromkeys(term[1:])]
        for system in catalog.systems():
            own = [[option for option in found if system in option.labels] for found in options]
            if all(own):
                yield from (option for found in own for option in found)
    elif _SEVERAL_FLAGS.fullmatch(term):
        for table, flags in read_data("flags.toml").items():
            if _is_in_order(term, "".join(flags["letters"])):
                yield from (flag for letter in term for flag in _find_flags(letter, table))


def _is_in_order(term: str, letters: str) -> bool:
    """Return whether a term has letters of a table only, in the order in which netstat prints them."""
    places = [letters.find(letter) for letter in term]
    return places[0] >= 0 and places == sorted(set(places)) and not term.islower()


def _find_flags(letter: str, table: str) -> Iterator[Explanation]:
    for known in _index().known.get(fold(letter), ()):
        if known.flags == table and letter in known.texts:
            yield known.explanation


def _find_headings(term: str) -> Iterator[Explanation]:
    """Find each heading of a line of headings, in any language."""
    for system in catalog.systems():
        known = {label for columns in words.load_columns() for label in columns.explanation.labels.get(system, ())}
        line = split_headings(system, term, known)
        if line.headings and not line.unknown_words:
            for heading in line.headings:
                yield from (found for found in _find_known(heading) if system in found.labels)


def _find_each(term: str) -> Iterator[Explanation]:
    """Find each of several words: ``UP BROADCAST RUNNING``, or in ``<UP,BROADCAST>``."""
    parts = [word for word in re.split(r"[\s,<>:]+", term) if any(map(str.isalpha, word))]
    found = [list(_find_known(word)) for word in parts]
    if 1 < len(found) <= MAX_WORDS and all(found):
        yield from (explanation for explanations in found for explanation in explanations)


def _find_other(term: str) -> Iterator[Explanation]:
    """Find a word that was decoded wrongly, and a label with a word in the place of a figure."""
    for system in catalog.systems():
        for part in words.PARTS:
            if restored := restore(system, part, term):
                yield from _find_known(restored)
                return
    without_last = term.rpartition(" ")[0]
    if without_last and any("<S>" in text for text in _labels_of(without_last)):
        yield from _find_known(without_last)


def _labels_of(term: str) -> Iterator[str]:
    for kernel_name in _index().counters.get(fold(term), ()):
        for labels in counter_terms.load_labels().get(kernel_name, {}).values():
            yield from labels


def _explain_counters(found: Iterable[CounterFacts | None]) -> Iterator[Explanation]:
    return (counter_terms.explain_counter(facts) for facts in found if facts)


def _without_repeated(found: Iterable[Explanation]) -> Iterator[Explanation]:
    seen = list[Explanation]()
    for explanation in found:
        if explanation not in seen:
            seen.append(explanation)
            yield explanation


_FINDERS = (
    _find_by_type,
    _find_known,
    _find_by_prefix,
    _find_in_brackets,
    _find_message,
    _find_letters,
    _find_headings,
    _find_each,
    _find_other,
)
"""Ways to find a term, the most certain first; the first that finds anything is the answer."""
