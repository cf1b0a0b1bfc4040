"""Look up printed texts in the vocabularies."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from itertools import zip_longest
from typing import NamedTuple

from netstat_parse.precompiled import compile_pattern
from netstat_parse.systems.vocabularies import Tags, english, foreign_texts, meanings, split_tag, vocabulary_part

MAX_HEADING_WORDS = 5
"""Maximum number of words in a heading."""

MAX_HEADING_LINE_WORDS = 100
"""Maximum number of words in a line of headings."""

MIN_INTACT_CHARS = 3
"""Number of intact characters that a damaged word needs to be restored."""

MAX_DAMAGE_FACTOR = 4
"""Maximum ratio of the length of a damaged word to that of the longest word that it may be."""

_DAMAGE = compile_pattern(r"(?:[^ -~]|\?)+")
"""The characters in place of a letter that was decoded wrongly before the text was saved."""


class Translation(NamedTuple):
    """The English for a printed text."""

    english: str | None
    """None if no vocabulary has the text."""
    languages: Tags
    """The languages whose vocabularies have the text, with the program if only one program prints it."""


_UNKNOWN = Translation(None, ())


def translate(
    system: str, part: str, text: str, known: Container[str] = (), language: str | None = None
) -> Translation:
    """Translate a printed text into the English of today.

    Args:
        system: the system whose vocabularies are searched.
        part: the part of the vocabularies, such as ``titles`` or ``labels.tcp``.
        text: the printed text.
        known: texts that are English already.
        language: the language whose meaning is preferred if several languages have the text.
    """
    in_english = translate_english(system, part, text, known)
    return translate_foreign(system, part, text, language) if in_english.english is None else in_english


def translate_english(system: str, part: str, text: str, known: Container[str] = ()) -> Translation:
    """Translate the English of older versions; other languages are not loaded."""
    if text in known:
        return Translation(text, ("en",))
    replaced = vocabulary_part(english(system), part).get(text)
    return _UNKNOWN if replaced is None else Translation(str(replaced), ("en",))


def translate_foreign(system: str, part: str, text: str, language: str | None = None) -> Translation:
    """Translate a text that is not English: its meaning in this language, or else in most languages."""
    found = meanings(system, part).get(text)
    if found is None:
        return _UNKNOWN
    if language in found:
        return Translation(found[language].english, (found[language].tag,))
    most = Counter(meaning.english for meaning in found.values()).most_common(1)
    return Translation(most[0][0], tuple(meaning.tag for meaning in found.values()))


def printed_texts(system: str, part: str) -> Iterator[str]:
    """Yield every text of a part of the vocabularies, in any language and of any version."""
    yield from vocabulary_part(english(system), part)
    yield from foreign_texts(system, part)


def restore(system: str, part: str, text: str) -> str | None:
    """Restore a damaged word, ABHÖREN for ``ABH?REN``, if all words that it can be have the same meaning.

    Only letters outside ASCII are damaged. One letter may have become several characters, and the letter after it may
    be lost with it, as after half a Chinese character.
    """
    intact = _DAMAGE.split(text)
    if len(intact) == 1 or sum(map(len, intact)) < MIN_INTACT_CHARS:
        return None
    words = {word: found for word, found in meanings(system, part).items() if not word.isascii()}
    near = [word for word in words if word.startswith(intact[0]) and word.endswith(intact[-1])]
    if not near or len(text) > MAX_DAMAGE_FACTOR * max(map(len, near)):
        return None
    lost = (f"[^ -~]{{1,{len(damage)}}}.?" for damage in _DAMAGE.findall(text))
    pattern = "".join(map("".join, zip_longest(map(re.escape, intact), lost, fillvalue="")))
    found = [word for word in near if re.fullmatch(pattern, word)]
    meant = {meaning.english for word in found for meaning in words[word].values()}
    return found[0] if len(meant) == 1 else None


Translate = Callable[[str, str, str, Container[str]], Translation]
"""`translate` or `translate_english`."""


class HeadingLine(NamedTuple):
    """A line of headings."""

    headings: list[str]
    """In English."""
    unknown_words: int
    """Number of words of the line that belong to no heading."""
    languages: Tags


def split_headings(system: str, line: str, known: Container[str], look_up: Translate = translate) -> HeadingLine:
    """Split a line into the headings that it consists of, the longest first."""
    words, at, unknown = line.split(), 0, 0
    if len(words) > MAX_HEADING_LINE_WORDS:
        return HeadingLine([], len(words), ())
    found: list[str] = []
    english: set[str] = set()
    languages: Tags = ()
    while at < len(words):
        for length in range(min(MAX_HEADING_WORDS, len(words) - at), 0, -1):
            heading, tags = look_up(system, "headings", " ".join(words[at : at + length]), known)
            if heading is not None:
                found += heading.split(" | ")
                languages += tags
                english.update([heading] if tags == ("en",) else [])
                at += length
                break
        else:
            unknown += 1
            at += 1
    if english and len(languages) > len(english):
        languages = _drop_lone(system, "headings", languages, english)
    return HeadingLine(found, unknown, languages)


def languages_that_translate(system: str, part: str, english_texts: Container[str]) -> set[str]:
    """Return the languages whose vocabularies have other texts for any of these English ones."""
    return {
        language
        for found in meanings(system, part).values()
        for language, meaning in found.items()
        if meaning.english in english_texts
    }


def _drop_lone(system: str, part: str, languages: Tags, english_texts: Container[str]) -> Tags:
    """Drop languages that only one text is in, if they translate texts that are printed in English here.

    "Status" among English headings is not Swedish.
    """
    counts = Counter(split_tag(tag)[0] for tag in languages)
    translated = languages_that_translate(system, part, english_texts)
    return tuple(tag for tag in languages if counts[split_tag(tag)[0]] > 1 or split_tag(tag)[0] not in translated)
