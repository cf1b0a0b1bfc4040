"""Recognize the warnings, errors and help text that netstat prints between its tables.

A message is a line that is in the vocabularies (``[messages]``), in which ``<T>`` means any text, or a line that begins
with the program's name and a colon.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.systems import catalog, vocabularies
from netstat_parse.systems.generated import read_computed

MAX_MESSAGE_CHARS = 300
"""Maximum length of a message."""

_ANY_TEXT = "<T>"

_HIDDEN_PROCESSES = compile_pattern(
    r"non-owned process info|geteuid\(\)=\d|showing only processes with your user ID|can't scan /proc"
)
"""Messages of net-tools and busybox that they may not see the processes of other users."""

_PROGRAM = compile_pattern(r"/?(?:[\w.+-]++/)*+(?:netstat|route)(?:\.exe)?: (?=\S)")

_USAGE = compile_pattern(r"[^\s:]++: ?(?:netstat|route|inet6?_route)(?:\.exe)? [-\[{]")

_MORE_USAGE = compile_pattern(
    r"""\s++(?:
        (?:netstat|route|inet6?_route)\ [-\[{]        # netstat [-vWnNcaeol] [<Socket> ...]
      | (?:-\w,\ )?--[a-z][\w-]*(?:[\s,=]|$)         # -r, --route    display routing table
      | -\w\t                                        # -r  of busybox
      | <\w+>\ ?[=:]                                 # <AF>=Use '-6|-4'
      | \{-\w\|--                                    # {-x|--unix} --ax25
      | (?:inet6?|ax25|netrom|rose|ipx|ddp|x25)\ \(  # inet (DARPA Internet) inet6 (IPv6)
    )""",
    re.VERBOSE,
)


def parse_message(line: str) -> str | None:
    """Return a message of netstat, in English if a vocabulary has it; None if the line is not a message.

    >>> parse_message("Unbekannte Adressfamilie »nosuch«.")
    "Unknown address family `nosuch'."
    """
    text = line.strip()
    if not may_be_message(text, text.split()):
        return None
    program = _PROGRAM.match(text)
    if program:
        text = text[program.end() :]
    by_word, without_words = _messages(), () if text.isascii() else ("",)
    candidates = chain.from_iterable(by_word.get(word, ()) for word in (*without_words, *dict.fromkeys(text.split())))
    english = next(filter(None, (message.english(text) for message in candidates)), None)
    if english is not None:
        return english
    return " ".join(text.split()) if program or _USAGE.match(text) else None


def find_code(message: str) -> str:
    """Return the code of the diagnostic for a message that `parse_message` returned."""
    return "processes-hidden" if _HIDDEN_PROCESSES.search(message) else "netstat-message"


def may_be_message(line: str, words: Sequence[str]) -> bool:
    """Return whether a line with these words may be a message: a search that nearly all other text fails."""
    if len(line) > MAX_MESSAGE_CHARS:
        return False
    known_words, parts = _message_words()
    if not known_words.isdisjoint(words):
        return True
    if ("netstat" in line or "route" in line) and (_PROGRAM.match(line.lstrip()) or _USAGE.match(line.lstrip())):
        return True
    return not line.isascii() and any(map(line.__contains__, parts))


def is_usage_line(line: str) -> bool:
    """Return whether the line has the form of those below ``usage:``, in any language."""
    return _MORE_USAGE.match(line) is not None


class _Message(NamedFields):
    """A message of one language."""

    literals: list[str]
    """The parts between which the message has any text."""
    template: str
    """The message in English."""

    def english(self, text: str) -> str | None:
        """Translate a text and insert what it has for each ``<T>``; return None if it is not this message."""
        first, *literals = self.literals
        if not text.startswith(first) or not text.endswith(self.literals[-1]):
            return None
        if not literals:
            return self.template if text == first else None
        english, at = self.template, len(first)
        for index, literal in enumerate(literals):
            is_last = index == len(literals) - 1
            end = len(text) - len(literal) if is_last else text.find(literal, at + 1)
            if end <= at:
                return None
            english = english.replace(_ANY_TEXT, text[at:end], 1)
            at = end + len(literal)
        return english


def _printed_messages(system: str) -> Iterator[tuple[str, str]]:
    """Yield each message of a system in each language, and its English."""
    for vocabulary in vocabularies.vocabularies(system).values():
        for text, meant in vocabulary.get("messages", {}).items():
            yield text, str(meant) or text


@cache
def _message_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return words and parts of messages: text that has none of either is not a message."""
    words, parts = set[str](), set[str]()
    for system in catalog.systems():
        generated = read_computed(system, "_message_words")
        found = collect_words(system) if generated is None else generated
        words.update(found["words"])
        parts.update(found["parts"])
    return frozenset(words), frozenset(parts)


def collect_words(system: str) -> dict[str, list[str]]:
    """Return the longest word of each message, and a part of each one that has no word between blanks, as literals."""
    texts = [text for text, _ in _printed_messages(system)]
    parts = {max(text.split(_ANY_TEXT), key=len) for text in texts if not _longest_word(text)}
    return {"words": sorted({*map(_longest_word, texts)} - {""}), "parts": sorted(parts)}


@cache
def _messages() -> dict[str, list[_Message]]:
    """Load the messages of all languages by their longest word; those without one, none in ASCII, are below ``""``."""
    found: dict[str, list[_Message]] = {}
    for text, meant in chain.from_iterable(map(_printed_messages, catalog.systems())):
        found.setdefault(_longest_word(text), []).append(_Message(text.split(_ANY_TEXT), meant))
    return found


@cache
def _longest_word(message: str) -> str:
    return max((word for word in message.split() if _ANY_TEXT not in word), key=len, default="")
