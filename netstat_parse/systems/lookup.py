"""Look up printed texts in the vocabularies."""

import re
from collections import Counter
from collections.abc import Callable, Container
from itertools import zip_longest

from netstat_parse.systems.vocabularies import Tags, _everywhere, _part, english

LONGEST_HEADING = 5
"""Words in the longest heading."""


MOST_WORDS = 100
"""Words in a line of headings; a longer line is none."""


LEGIBLE = 3
"""Characters of a damaged word that must be left to tell it by."""


GROWTH = 4
"""How many times as long as a word its damaged form may be."""


_DAMAGE = re.compile(r"(?:[^ -~]|\?)+")
"""What stands in place of a letter that was decoded wrongly before it was saved."""


def translated(system: str, part: str, text: str, language: str | None = None) -> tuple[str | None, Tags]:
    """The English for a foreign text, as `language` says or else as most do, and the languages that have it."""
    found = _everywhere(system, part).get(text)
    if found is None:
        return None, ()
    if language in found:
        return found[language].english, (found[language].tag,)
    most = Counter(meaning.english for meaning in found.values()).most_common(1)
    return most[0][0], tuple(meaning.tag for meaning in found.values())


def in_english(system: str, part: str, text: str, known: Container[str] = ()) -> tuple[str | None, Tags]:
    """The English of today for a printed text: itself where `known` has it, or what replaced an older spelling."""
    if text in known:
        return text, ("en",)
    older = _part(english(system), part).get(text)
    return (None, ()) if older is None else (str(older), ("en",))


def canonical(
    system: str, part: str, text: str, known: Container[str] = (), language: str | None = None
) -> tuple[str | None, Tags]:
    """The English for a printed text: itself where `known` has it, else as a vocabulary says, first the language's."""
    meant, tags = in_english(system, part, text, known)
    return translated(system, part, text, language) if meant is None else (meant, tags)


def undamaged(system: str, part: str, text: str) -> str | None:
    """The word that a damaged text was, ABHÖREN for ``ABH?REN``, where all that it can be mean the same.

    Only letters that are not ASCII are damaged. One may have become several, and may have taken the letter behind it
    along, as half a character of Chinese.
    """
    legible = _DAMAGE.split(text)
    if len(legible) == 1 or sum(map(len, legible)) < LEGIBLE:
        return None
    words = {word: meanings for word, meanings in _everywhere(system, part).items() if not word.isascii()}
    near = [word for word in words if word.startswith(legible[0]) and word.endswith(legible[-1])]
    if not near or len(text) > GROWTH * max(map(len, near)):
        return None
    lost = (f"[^ -~]{{1,{len(damage)}}}.?" for damage in _DAMAGE.findall(text))
    pattern = "".join(map("".join, zip_longest(map(re.escape, legible), lost, fillvalue="")))
    found = [word for word in near if re.fullmatch(pattern, word)]
    meant = {meaning.english for word in found for meaning in words[word].values()}
    return found[0] if len(meant) == 1 else None


LookUp = Callable[[str, str, str, Container[str]], tuple[str | None, Tags]]


def headings(system: str, line: str, known: Container[str], look_up: LookUp = canonical) -> tuple[list[str], int, Tags]:
    """The headings that a line is made of, in English, and how many of its words are of none."""
    words, at, missed = line.split(), 0, 0
    if len(words) > MOST_WORDS:
        return [], len(words), ()
    found: list[str] = []
    heard: Tags = ()
    while at < len(words):
        for length in range(min(LONGEST_HEADING, len(words) - at), 0, -1):
            heading, tags = look_up(system, "headings", " ".join(words[at : at + length]), known)
            if heading is not None:
                found += heading.split(" | ")
                heard += tags
                at += length
                break
        else:
            missed += 1
            at += 1
    return found, missed, heard
