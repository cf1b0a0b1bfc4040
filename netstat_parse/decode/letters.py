"""How likely it is that text was read with the right code page, by its letters alone."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import category

_ALPHABETS = (
    "äöüß",  # German
    "àâçéèêëîïôùûüœ",  # French
    "áéíóúüñ",  # Spanish
    "áâãàçéêíóôõú",  # Portuguese
    "àèéìòù",  # Italian
    "àçèéíïòóúü",  # Catalan
    "åäöæøé",  # Danish, Finnish, Norwegian, Swedish
    "áéíóúýðþæö",  # Icelandic
    "áčďéěíňóřšťúůýžäľô",  # Czech, Slovak
    "ąćęłńóśźż",  # Polish
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovene
    "ăâîşţ",  # Romanian
    "çğıİöşüâ",  # Turkish
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņšūž",  # Latvian
    "äõöüšž",  # Estonian
)
"""The letters with accents that occur together in one language, the commonest languages first."""


_RARE = frozenset("ªºµÿþðƒſฃฅ")
"""Letters that as a rule come of a wrong code page."""


_SCRIPTS = (
    (0x00, "Latin"),
    (0x250, None),
    (0x370, "Greek"),
    (0x400, "Cyrillic"),
    (0x530, None),
    (0x590, "Hebrew"),
    (0x600, "Arabic"),
    (0x700, None),
    (0xE00, "Thai"),
    (0xE80, None),
    (0x10A0, "Georgian"),
    (0x1100, None),
    (0x1E00, "Latin"),
    (0x1F00, None),
    (0x2E80, "East Asian"),
    (0xAC00, "Hangul"),
    (0xD7B0, "East Asian"),
)


_SCRIPT_STARTS = [start for start, _ in _SCRIPTS]


_COMMON = {
    "cp932": (frozenset({*range(0x81, 0x84), *range(0x88, 0x98)}), 0x40),
    "euc_jp": (frozenset({0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)}), 0xA1),
    "cp936": (frozenset(range(0xB0, 0xD8)), 0xA1),
    "cp949": (frozenset(range(0xB0, 0xC9)), 0xA1),
    "cp950": (frozenset(range(0xA4, 0xC7)), 0x40),
}
"""Where the characters in daily use lie: their first bytes, and the least second byte."""


ENOUGH = 200
"""Words and symbols that are looked at; more tell nothing new."""


RULER = 5
"""Letters from which on a word of mostly the same one is a ruler, read with the wrong code page."""


_PART = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")


def plausibility(text: str, codec: str = "utf-8") -> float:
    """From -1 to 1: how much of what is not ASCII looks like letters of one language, in words."""
    letters: Counter[str] = Counter()
    neutral = wrong = capitals = 0
    for part in [part for part in _PART.findall(text) if not part.isascii()][:ENOUGH]:
        odd = [letter for letter in part if not letter.isascii()]
        if _is_short(part):
            neutral += len(odd)
        elif part.isalpha() and _is_word(part, odd):
            letters.update(letter.lower()[:1] for letter in odd)
            capitals += len(odd) if part.isupper() else 0
        else:
            wrong += len(odd)
    alphabet = max(_ALPHABETS, key=lambda alphabet: sum(letters[letter] for letter in alphabet))
    worth = sum(count * _worth(letter, codec, alphabet) for letter, count in letters.items())
    # Few words are all capitals, but all of KOI8-R read as Windows-1251 are.
    return (worth - capitals / 10 - wrong) / max(letters.total() + neutral + wrong, 1)


def _is_short(part: str) -> bool:
    """Whether this may be a letter or two, an accent or half a symbol: nothing that tells."""
    return (len(part) < (2 if max(part) >= "\u2e80" else 3) and part.isalpha()) or category(part[0]).startswith("M")


def _is_word(part: str, odd: Sequence[str]) -> bool:
    """Whether letters stand together that may: of one script, capitals first, and not accents only."""
    scripts = {_script(letter) for letter in part}
    plain = [letter for letter in part if letter.isascii()]
    if scripts & {"East Asian", "Hangul"} and len(odd) > 1 and not any(letter.islower() for letter in plain):
        scripts.discard("Latin")  # TCP stands before the next word without a blank
    if "Cyrillic" in scripts and {*plain} <= {*"iI"}:
        scripts.discard("Latin")  # which code page 866 lends to Ukrainian
    if None in scripts or len(scripts) > 1 or ("Latin" in scripts and len(odd) > len(plain) + 1):
        return False
    if len(part) >= RULER and max(map(part.count, {*part})) * 2 > len(part):
        return False
    return not any(
        letter.islower() and follower.isupper() and not (letter + follower).isascii()  # as opposed to RefCnt
        for letter, follower in pairwise(part)
    )


def _worth(letter: str, codec: str, alphabet: str) -> float:
    script = _script(letter)
    if letter in _RARE:
        return 0
    if codec in _COMMON:
        leads, least = _COMMON[codec]
        written = letter.encode(codec, "replace")
        if written[0] not in leads or written[-1] < least:
            return -1
        return 0.9 if codec == "euc_jp" and letter >= "\u4e00" else 1  # Japanese without kana is likelier Korean
    if script == "Latin":
        if letter in alphabet:
            return 1 - _ALPHABETS.index(alphabet) / 1000
        return 0.7 if letter < "\u0100" else 0.4
    return 0.6 if script == "Cyrillic" and not "\u0430" <= letter <= "\u044f" else 1


def _script(letter: str) -> str | None:
    return _SCRIPTS[bisect(_SCRIPT_STARTS, ord(letter)) - 1][1]
