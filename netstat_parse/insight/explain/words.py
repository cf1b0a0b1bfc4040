"""States, types, timers, flags, columns, titles, words, messages and options."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from netstat_parse.insight.explain.fields import load_fields, words_of
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.facts.counters import INTERFACE, find_counter
from netstat_parse.schema.explanation import Explanation, TermNames
from netstat_parse.systems import catalog
from netstat_parse.systems.vocabularies import english, meanings, vocabulary_part

PARTS = ("states", "unix_states", "unix_types", "timers", "offload")
"""Parts of the vocabularies, and of ``states.toml``."""

MAX_PROGRAM_CHARS = len("netstat: ")
"""Maximum length of the name of the program before a message."""

QUEUES = {"Recv-Q": "recv_q", "Send-Q": "send_q"}


class Known(NamedTuple):
    """An explanation, and the texts under which it is found."""

    explanation: Explanation
    texts: tuple[str, ...]
    has_case: bool = False
    """True if upper case and lower case of the texts mean different things, as for flags and options."""
    flags: str = ""
    """The table of ``flags.toml`` that a flag is of."""
    family: str | None = None
    """The family of routes that have this flag; None if it is not of routes."""
    bare_meaning: str = ""
    """Meaning of a flag without what it is a flag of."""


def load_states() -> Iterator[Known]:
    """Load states, socket types and timers, with their texts in every language."""
    for part in PARTS:
        common = read_data("states.toml")[part]
        for word, entry in common.items():
            if isinstance(entry, dict):
                labels = {
                    system: texts for system in catalog.systems() if (texts := _english_texts(system, part, word))
                }
                translated = [text for system, texts in labels.items() for text in _foreign_texts(system, part, texts)]
                field = common["field"]
                explanation = Explanation(
                    term="",
                    kind=common["kind"],
                    names=TermNames(schema=f"{field}: {word}" if word in words_of(field) else field),
                    labels=labels,
                    meaning=_add_queues(entry),
                    sources=entry.get("sources", common["sources"]),
                    rules=entry.get("rules", []),
                )
                texts = [word, *_flatten(labels), *translated]
                spellings = [text.replace("_", joint) for text in texts if "_" in text for joint in "- "]
                yield Known(explanation, (*texts, *spellings))


def load_flags() -> Iterator[Known]:
    """Load the letters and names of flags."""
    for kind, table in read_data("flags.toml").items():
        foreign = _foreign_headings("linux") if kind == "interface" else {}
        for letter, (name, meaning, *own) in table["letters"].items():
            kernel = own[0] if own else f"{table['prefix']}{name.upper()}"
            explanation = Explanation(
                term="",
                kind="flag",
                names=TermNames(kernel=kernel, schema=f"{table['field']}: {name}"),
                labels={"linux": [letter]},
                meaning=f"Flag of {table['of']}. {meaning}",
                sources=table["sources"],
            )
            known = Known(explanation, (letter,), flags=kind, family=table.get("family"), bare_meaning=meaning)
            yield known._replace(has_case=True)
            yield known._replace(texts=(name, kernel, *foreign.get(name.upper(), ())))


def load_columns() -> Iterator[Known]:
    """Load headings, and words beside values; a column of counters of interfaces is explained with the counters."""
    data = dict(read_data("columns.toml"))
    equal = data.pop("same")
    for system, columns in data.items():
        foreign = _foreign_headings(system)
        for heading, entry in columns.items():
            same = [other for other, first in equal[system].items() if first == heading]
            translated = [text for name in (heading, *same) for text in foreign.get(name, ())]
            printed = heading.partition(" (masquerade)")[0]
            for fields, meaning in _group_by_table(entry):
                explanation = Explanation(
                    term="",
                    kind="column",
                    names=TermNames(schema=", ".join(fields)),
                    labels={system: [printed, *same] if printed == heading else [printed]},
                    meaning=f"{meaning} {_describe_queue(QUEUES[heading])}" if heading in QUEUES else meaning,
                    sources=["netstat(8)" if system == "linux" else "Microsoft netstat /?"],
                )
                yield Known(explanation, (printed, *same, *translated))


def load_titles() -> Iterator[Known]:
    """Load titles and words."""
    for system, parts in read_data("titles.toml").items():
        for part, entries in parts.items():
            foreign, places = _index_meanings(system, part, "labels", "headings")
            older = vocabulary_part(english(system), part)
            for text, (table, meaning) in entries.items():
                labels = [text, *(old for old, new in older.items() if new == text)]
                names = {name.casefold() for name in (*labels, f"{text}:")}
                translated = [foreign[place] for place in sorted({place for name in names for place in places[name]})]
                explanation = Explanation(
                    term="",
                    kind="title" if part == "titles" else "word",
                    names=TermNames(schema=table),
                    labels={system: labels},
                    meaning=meaning,
                    sources=["netstat"],
                )
                yield Known(explanation, (*labels, *translated))


def load_messages() -> Iterator[Known]:
    """Load messages; ``<T>`` is any text."""
    for system, messages in read_data("messages.toml").items():
        foreign = defaultdict(list)
        for text, found in meanings(system, "messages").items():
            for translation in found.values():
                first = next((known for known in messages if is_message(known, translation.english)), "")
                foreign[first].append(text)
        for text, meaning in messages.items():
            explanation = Explanation(
                term="", kind="message", labels={system: [text]}, meaning=meaning, sources=["net-tools netstat.c"]
            )
            yield Known(explanation, (text, *foreign[text]))


def is_message(pattern: str, text: str) -> bool:
    """Return whether a text has the fixed texts of a message in order; the name of the program may be before them."""
    at, text = 0, " ".join(text.casefold().split())
    fixed_texts = " ".join(pattern.casefold().split()).split("<t>")
    for number, fixed in enumerate(fixed_texts):
        found = text.find(fixed.strip(), at)
        if found < 0 or (not number and found > (MAX_PROGRAM_CHARS if fixed else 0)):
            return False
        at = found + len(fixed.strip())
    return True


def load_options() -> Iterator[Known]:
    """Load the options of each netstat."""
    for program, entries in read_data("options.toml").items():
        for option, (long, meaning) in entries["options"].items():
            is_argument = not long.startswith(("-", "/"))
            names = [option] if is_argument else [option, *long.split(", ")]
            explanation = Explanation(
                term="",
                kind="option",
                labels={entries["system"]: [f"{option} {long}".strip()] if is_argument else names},
                meaning=f"{program}: {meaning}",
                sources=entries["sources"],
            )
            own = [name.partition("=")[0] for name in names]
            if program == "windows":
                yield Known(explanation, (*own, f"/{option[1:]}"))
            else:
                yield Known(explanation, tuple(own), has_case=True)


def _english_texts(system: str, part: str, word: str) -> list[str]:
    """Return what English netstat prints for a word of the schema, or the word itself if the schema has none."""
    words = vocabulary_part(english(system), part)
    return [text for text, meant in words.items() if meant == word or (not meant and text == word)]


def _foreign_texts(system: str, part: str, labels: list[str]) -> list[str]:
    known = meanings(system, part)
    return [text for text, found in known.items() if any(meaning.english in labels for meaning in found.values())]


def _index_meanings(system: str, *parts: str) -> tuple[list[str], Mapping[str, list[int]]]:
    """Return the texts of other languages, and their places in this list by their English in lower case."""
    texts, places = list[str](), defaultdict[str, list[int]](list)
    for part in parts:
        for text, found in meanings(system, part).items():
            for meaning in found.values():
                places[meaning.english.casefold()].append(len(texts))
            texts.append(text)
    return texts, places


def _foreign_headings(system: str) -> Mapping[str, list[str]]:
    """Return the texts in other languages for each English heading or word; a text may be of several headings."""
    found = defaultdict(list)
    for part in ("headings", "words"):
        older = vocabulary_part(english(system), part)
        for text, english_text in older.items():
            found[english_text].append(text)
        for text, meant in meanings(system, part).items():
            for meaning in meant.values():
                for heading in meaning.english.split(" | "):
                    found[heading].append(text)
    return found


def _add_queues(entry: Mapping[str, Any]) -> str:
    queues = [f"{name}: {entry[field]}." for name, field in QUEUES.items() if field in entry]
    return " ".join([entry["meaning"], *queues])


def _describe_queue(field: str) -> str:
    """Return the meaning of a queue in each state."""
    states = read_data("states.toml")["states"].items()
    texts = [f"{word}: {entry[field]}" for word, entry in states if isinstance(entry, dict) and field in entry]
    return f"By state: {'; '.join(texts)}."


def _group_by_table(entry: list[str] | Mapping[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Yield the fields of each table that a column fills, with what they mean."""
    if not isinstance(entry, list):
        yield entry["fields"], entry["meaning"]
        return
    tables: dict[str, list[str]] = {}
    for field in entry:
        table, _, name = field.partition(".")
        if table != "interfaces" or find_counter(f"{INTERFACE}.{name}") is None:
            tables.setdefault(table, []).append(field)
    for fields in tables.values():
        if len(fields) == 1:
            yield fields, load_fields()[fields[0]]
        else:
            yield fields, " ".join(f"{field.rpartition('.')[2]}: {load_fields()[field]}" for field in fields)


def _flatten(labels: Mapping[str, list[str]]) -> list[str]:
    return [text for texts in labels.values() for text in texts]
