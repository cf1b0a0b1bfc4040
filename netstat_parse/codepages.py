r"""Bytes that are not Unicode: in which code page they are, judged by the words that netstat prints.

General detectors learn from prose, and a netstat table may hold three words that are not ASCII. But these we know: under
the right code page they appear, ABHÖREN out of ``ABH\x99REN``, and under the others they do not.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple
from unicodedata import category, normalize

OEM = (
    *("cp850", "cp437", "cp852", "cp862", "cp866", "cp857", "cp737", "cp775", "cp720"),
    *("cp949", "cp936", "cp932", "cp950", "cp874", "cp858", "cp855", "cp860", "cp861", "cp863", "cp865", "cp869"),
)
"""What cmd.exe writes. The commoner ones stand first; and of two that read the same bytes as good words, the one that
reads fewer other bytes so: all Hebrew looks like Cyrillic, all Korean like Chinese, but not the other way round."""

ANSI = ("cp1252", "cp1250", "cp1255", "cp1251", "cp1254", "cp1253", "cp1256", "cp1257", "cp1258")
"""What other programs on Windows write."""

UNIX = ("iso8859-1", "iso8859-2", "koi8-r", "euc_jp")
"""What was usual on Linux before UTF-8."""

WINDOW = 8192
"""How many bytes are heard at most, from the first line on that is not ASCII. Who waits for a row waits for these."""

LINES = 64
"""How many lines that are not ASCII are heard at most."""

LEGIBLE = 0.3
"""How plausible letters must be to choose a code page without a single known word."""

Vocabulary = Mapping[str, Iterable[str]]
"""The phrases that netstat prints in each language."""

_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_LINUX_ROW = re.compile(rb"[\s>|]*(?:tcp|udp|raw|unix|sctp|dccp)[a-z]*\d? +\d")
_FOLDED = str.maketrans("șțȘȚіІ", "şţŞŢiI")
"""Letters that Romanian and Ukrainian code pages lack, and what Windows prints in their place."""

_RARE = frozenset("ªºµÿþðÞÐƒſ")
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
)
_SCRIPT_STARTS = [start for start, _ in _SCRIPTS]

_COMMON = {
    "cp932": (frozenset({0x82, 0x83, *range(0x88, 0x98)}), 0x40),
    "euc_jp": (frozenset({0xA4, 0xA5, *range(0xB0, 0xD0)}), 0xA1),
    "cp936": (frozenset(range(0xB0, 0xD8)), 0xA1),
    "cp949": (frozenset(range(0xB0, 0xC9)), 0xA1),
    "cp950": (frozenset(range(0xA4, 0xC7)), 0x40),
}
"""Where the characters in daily use lie: their first bytes, and the least second byte."""


class Verdict(NamedTuple):
    """An encoding, by Python's name, and why it was chosen."""

    encoding: str
    grounds: str


class Judge:
    """Hears lines until it knows their encoding.

    What it says depends on the lines alone and not on how many came at once, so that a pipe gives what a file gives.
    """

    def __init__(self, vocabulary: Vocabulary | Callable[[], Vocabulary]) -> None:
        self._vocabulary = vocabulary
        self._lines: list[bytes] = []
        self._heard = 0
        self._left = WINDOW
        self._valid = self._invalid = 0
        self._found: dict[str, set[str]] = {codec: set() for codec in (*OEM, *ANSI, *UNIX)}

    def hear(self, lines: bytes) -> Verdict | None:
        """Hear the next whole lines; the verdict, as soon as there is one."""
        for line in lines.removesuffix(b"\n").split(b"\n"):
            if not self._lines and line.isascii():
                continue
            verdict = None if line.isascii() else self._line(line[: self._left])
            self._left -= len(line) + 1
            if verdict or self._left <= 0 or len(self._lines) == LINES:
                return verdict or self.decide()
        return None

    def decide(self) -> Verdict:
        """The verdict by what was heard, when nothing more comes."""
        windows = any(b"\r" in line for line in self._lines)
        order = (*OEM, *ANSI, *UNIX) if windows else (*UNIX, *OEM, *ANSI)
        most = max(map(_weight, self._found.values()))
        if most:
            return self._by_words([codec for codec in order if _weight(self._found[codec]) == most])
        if self._valid > self._invalid:
            return Verdict("utf-8", "mostly valid UTF-8" if self._invalid else "valid UTF-8")
        best = max(order, key=self._plausibility)
        # A row of Linux with odd bytes and no word of another language: a name that is no text, or was cut.
        if any(map(_LINUX_ROW.match, self._lines)) or self._plausibility(best) < LEGIBLE:
            return Verdict("utf-8", "no code page reads better")
        return Verdict(best, "letters that make words")

    def _line(self, line: bytes) -> Verdict | None:
        self._lines.append(line)
        text = line.decode("utf-8", "ignore")
        kept = len(text.encode())
        self._valid += kept - len(text.encode("ascii", "ignore"))
        self._invalid += len(line) - kept
        if self._valid > self._invalid and not text.isascii() and (max(text) >= "\u1e00" or plausibility(text) > 0):
            return Verdict("utf-8", "mostly valid UTF-8" if self._invalid else "valid UTF-8")
        return self.decide() if self._invalid and self._knows_a_word() else None

    def _knows_a_word(self) -> bool:
        """Look for known words in the lines since the last look; whether one is too long for chance."""
        lines = b"\n".join(self._lines[self._heard :])
        self._heard = len(self._lines)
        for codec, found in self._found.items():
            found.update(self._languages.keys() & _words(lines.decode(codec, "replace")))
        return any(len(word.encode()) > len("für".encode()) for found in self._found.values() for word in found)

    @cached_property
    def _languages(self) -> Mapping[str, set[str]]:
        """Each known word that is not ASCII, and the languages that have it."""
        vocabulary = self._vocabulary() if callable(self._vocabulary) else self._vocabulary
        languages: dict[str, set[str]] = {}
        for language, phrases in vocabulary.items():
            for word in _words("\n".join(phrases)):
                languages.setdefault(word, set()).add(language)
        return languages

    def _by_words(self, codecs: list[str]) -> Verdict:
        """Of code pages under which equally many words are known, the one that can write the rest of the language."""
        words = set.union(*(self._found[codec] for codec in codecs))
        spoken = set.union(*(self._languages[word] for word in words))
        others = [word for word, languages in self._languages.items() if languages & spoken]
        best = max(
            codecs, key=lambda codec: (sum(_is_writable(word, codec) for word in others), self._plausibility(codec))
        )
        shown = sorted(self._found[best], key=len, reverse=True)
        return Verdict(best, "known words: " + ", ".join(shown[:3]) + (" ..." if shown[3:] else ""))

    def _plausibility(self, codec: str) -> float:
        return plausibility(b"\n".join(self._lines).decode(codec, "replace"), codec)


def plausibility(text: str, codec: str = "utf-8") -> float:
    """From -1 to 1: how much of what is not ASCII looks like letters of words."""
    worths = [worth for part in _PART.findall(text) if not part.isascii() for worth in _worths(part, codec)]
    return sum(worths) / len(worths) if worths else 0


def _worths(part: str, codec: str) -> list[int]:
    """What each character of a word, or a symbol, says for the code page that it was read with."""
    if not part[0].isalpha():
        return [0 if category(part).startswith("M") else -1]
    odd = [letter for letter in part if not letter.isascii()]
    scripts = {_script(letter) for letter in part}
    if "East Asian" in scripts and not any("a" <= letter <= "z" for letter in part):
        scripts.discard("Latin")
    cased = part.isupper() or part[1:].islower() or part.lower() == part.upper()
    if None in scripts or len(scripts) > 1 or not (cased or len(part) == 1):
        return [-1] * len(odd)
    return [_worth(letter, codec) for letter in odd]


def _worth(letter: str, codec: str) -> int:
    if codec in _COMMON:
        leads, least = _COMMON[codec]
        written = letter.encode(codec, "replace")
        return 1 if written[0] in leads and written[-1] >= least else -1
    return int(letter not in _RARE)


def _script(letter: str) -> str | None:
    return _SCRIPTS[bisect(_SCRIPT_STARTS, ord(letter)) - 1][1]


def _words(text: str) -> set[str]:
    """The words of a text that are not ASCII, as all code pages of their language can write them."""
    words = _WORD.findall(normalize("NFC", text).translate(_FOLDED))
    return {word for word in words if not word.isascii()}


def _weight(words: Iterable[str]) -> int:
    return sum(len(word.encode()) for word in words)


def _is_writable(word: str, codec: str) -> bool:
    try:
        word.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
