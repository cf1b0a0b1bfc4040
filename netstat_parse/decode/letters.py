"""Score by its letters whether text was decoded with the right code page."""

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import category

from netstat_parse.precompiled import compile_pattern

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
"""Accented letters that one language uses, the most common languages first."""

_RARE = frozenset("ªºµÿþðƒſฃฅ")
"""Letters that mostly result from a wrong code page."""

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
"""Ranges of Unicode, each from its first code point to the next range; None for other scripts and symbols."""

_SCRIPT_STARTS = [start for start, _ in _SCRIPTS]

_COMMON_CHARACTERS = {
    "cp932": (frozenset({*range(0x81, 0x84), *range(0x88, 0x98)}), 0x40),
    "euc_jp": (frozenset({0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)}), 0xA1),
    "cp936": (frozenset(range(0xB0, 0xD8)), 0xA1),
    "cp949": (frozenset(range(0xB0, 0xC9)), 0xA1),
    "cp950": (frozenset(range(0xA4, 0xC7)), 0x40),
}
"""Characters of everyday text in multi-byte code pages: their first bytes, and the lowest second byte."""

MAX_WORDS = 200
"""Words and symbols that are scored; more add nothing."""

MIN_RULER_CHARS = 5
"""Length from which a word that mostly repeats one letter is a ruler, decoded with the wrong code page."""

_WORD_OR_SYMBOL = compile_pattern(r"[^\W\d_]+|[^\x00-\x7f]")


def score_letters(text: str, codec: str = "utf-8") -> float:
    """Return from -1 to 1 how much of the non-ASCII text consists of letters of one language, in words."""
    letters: Counter[str] = Counter()
    neutral = wrong = capitals = 0
    for word in [word for word in _WORD_OR_SYMBOL.findall(text) if not word.isascii()][:MAX_WORDS]:
        non_ascii = [letter for letter in word if not letter.isascii()]
        if _is_too_short(word):
            neutral += len(non_ascii)
        elif word.isalpha() and _is_word(word, non_ascii):
            letters.update(letter.lower()[:1] for letter in non_ascii)
            capitals += len(non_ascii) if word.isupper() else 0
        else:
            wrong += len(non_ascii)
    alphabet = max(_ALPHABETS, key=lambda alphabet: sum(letters[letter] for letter in alphabet))
    right = sum(count * _score_letter(letter, codec, alphabet) for letter, count in letters.items())
    # Few words are all capitals, but KOI8-R decoded as Windows-1251 consists of them.
    return (right - capitals / 10 - wrong) / max(letters.total() + neutral + wrong, 1)


def _is_too_short(word: str) -> bool:
    """Return whether this is one letter or two, an accent or half a symbol, which is no evidence."""
    return (len(word) < (2 if max(word) >= "\u2e80" else 3) and word.isalpha()) or category(word[0]).startswith("M")


def _is_word(word: str, non_ascii: Sequence[str]) -> bool:
    """Return whether the letters may form a word: of one script, capitals first, and not only accented ones."""
    scripts = {_script(letter) for letter in word}
    plain = [letter for letter in word if letter.isascii()]
    if scripts & {"East Asian", "Hangul"} and len(non_ascii) > 1 and not any(letter.islower() for letter in plain):
        scripts.discard("Latin")  # TCP and the word after it, without a blank
    if "Cyrillic" in scripts and {*plain} <= {*"iI"}:
        scripts.discard("Latin")  # code page 866 has no Ukrainian i of its own
    if None in scripts or len(scripts) > 1 or ("Latin" in scripts and len(non_ascii) > len(plain) + 1):
        return False
    if len(word) >= MIN_RULER_CHARS and max(map(word.count, {*word})) * 2 > len(word):
        return False
    return not any(
        letter.islower() and follower.isupper() and not (letter + follower).isascii()  # as opposed to RefCnt
        for letter, follower in pairwise(word)
    )


def _score_letter(letter: str, codec: str, alphabet: str) -> float:
    """Return from -1 to 1 how well a letter fits the code page and the alphabet of most other letters."""
    script = _script(letter)
    if letter in _RARE:
        return 0
    if codec in _COMMON_CHARACTERS:
        first_bytes, lowest = _COMMON_CHARACTERS[codec]
        encoded = letter.encode(codec, "replace")
        if encoded[0] not in first_bytes or encoded[-1] < lowest:
            return -1
        return 0.9 if codec == "euc_jp" and letter >= "\u4e00" else 1  # Japanese without kana is more likely Korean
    if script == "Latin":
        if letter in alphabet:
            return 1 - _ALPHABETS.index(alphabet) / 1000
        return 0.7 if letter < "\u0100" else 0.4
    return 0.6 if script == "Cyrillic" and not "\u0430" <= letter <= "\u044f" else 1


def _script(letter: str) -> str | None:
    return _SCRIPTS[bisect(_SCRIPT_STARTS, ord(letter)) - 1][1]
