r"""Bytes that are not Unicode: in which code page they are, judged by the words that netstat prints.

General detectors learn from prose, and a netstat table may hold three words that are not ASCII. But these we know:
under the right code page they appear, ABHÖREN out of ``ABH\x99REN``, and under the others they do not.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, normalize

OEM = (
    *("cp850", "cp437", "cp852", "cp862", "cp866", "cp857", "cp737", "cp775", "cp720"),
    *("cp949", "cp932", "cp936", "cp950", "cp874", "cp858", "cp855", "cp860", "cp861", "cp863", "cp865", "cp869"),
)
"""What cmd.exe writes. The commoner ones stand first; and of two that read the same bytes as good words, the one that
reads fewer other bytes so: all Hebrew looks like Cyrillic, all Korean like Chinese, but not the other way round."""

ANSI = ("cp1252", "cp1250", "cp1255", "cp1251", "cp1254", "cp1253", "cp1256", "cp1257", "cp1258")
"""What other programs on Windows write."""

UNIX = ("iso8859-1", "iso8859-2", "koi8-r", "euc_jp")
"""What was usual on Linux before UTF-8."""

WINDOW = 8192
"""Bytes heard at most, from the first line on that is not ASCII. Who waits for a row on a pipe waits for these."""

EVIDENCE = 2048
"""Bytes of lines that are not ASCII, of those in the window."""

LINES = 64
"""Lines that are not ASCII, of those in the window."""

TRIES = 4
"""Windows that may go by without telling anything, before the encoding is taken to be UTF-8 with odd bytes."""

CHANCE = len("für".encode())
"""How much of known words may be found by chance, in bytes of UTF-8."""

LEGIBLE = 0.3
"""How plausible letters must be to choose a code page without a single known word."""

Vocabulary = Mapping[str, Iterable[str]]
"""The phrases that netstat prints in each language."""

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(rb"[0-9]")
_PART = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_LINUX_ROW = re.compile(rb"[\s>|]*(?:tcp|udp|raw|unix|sctp|dccp)[a-z]*\d? +\d")
_FOLDED = str.maketrans("șțȘȚіІ", "şţŞŢiI")
"""Letters that Romanian and Ukrainian code pages lack, and what Windows prints in their place."""

_WORTH = dict.fromkeys("äöüßéèêàáâíóúçñãåøæÄÖÜÉÇÑÅØÆ", 1.0)
_WORTH |= dict.fromkeys("ªºµÿþðÞÐƒſฃฅ", 0.0)
"""How much a letter says for a code page: these first are in daily use, these last as a rule come of a wrong one."""

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
    is_final: bool = True
    """Whether it holds for all that follows; else more has to be heard."""


class Judge:
    """Hears lines until it knows their encoding.

    What it says depends on the lines alone and not on how many came at once, so that a pipe gives what a file gives.
    """

    def __init__(self, vocabulary: Vocabulary | Callable[[], Vocabulary]) -> None:
        self._vocabulary = vocabulary
        self._tries = 0
        self._open()

    def _open(self) -> None:
        """Begin another window."""
        self._left, self._evidence = WINDOW, EVIDENCE
        self._lines: list[bytes] = []
        self._looked_at = self._valid = self._invalid = 0
        self._found: dict[str, set[str]] = {codec: set() for codec in (*OEM, *ANSI, *UNIX)}
        self._tries += 1

    def hear(self, lines: bytes) -> tuple[Verdict | None, int]:
        """Hear the next whole lines; the verdict as soon as there is one, and how many of the bytes it is about."""
        length = 0
        for line in lines.removesuffix(b"\n").split(b"\n"):
            length += len(line) + 1
            if not self._lines and line.isascii():
                continue
            is_clear = not line.isascii() and self._is_clear(line[: self._evidence])
            # A word may be of two languages or more; title and headings together tell, and a row can wait no longer.
            is_clear |= self._knows_words() and _DIGIT.search(line) is not None
            self._left -= len(line) + 1
            if is_clear or self._left <= 0 or self._evidence <= 0 or len(self._lines) == LINES:
                return self.decide(), length
        return None, length

    def decide(self) -> Verdict:
        """The verdict by what was heard, when nothing more comes."""
        if self._knows_words():
            return self._by_words()
        if not self._invalid:
            return Verdict("utf-8", "valid UTF-8")
        if self._invalid * 4 <= self._valid and self._plausibility("utf-8") > 0:
            return Verdict("utf-8", "mostly valid UTF-8")
        best = max(self._order(), key=self._plausibility)
        if not self._has_linux_row() and self._plausibility(best) >= LEGIBLE:
            return Verdict(best, "letters that make words")
        self._open()
        return Verdict("utf-8", "no code page reads better", self._tries > TRIES)

    def _is_clear(self, line: bytes) -> bool:
        """Take in a line; whether it is UTF-8 for certain, or else a row that tells nothing."""
        self._lines.append(line)
        self._evidence -= len(line)
        text = line.decode("utf-8", "ignore")
        kept = len(text.encode())
        self._valid += kept - len(text.encode("ascii", "ignore"))
        self._invalid += len(line) - kept
        # Two bytes of many code pages make a letter of UTF-8 by chance, but hardly a word.
        is_text = plausibility(text) > 0 or (not self._invalid and max(text) >= "\u1e00")
        if is_text and self._invalid * 4 <= self._valid:
            return True
        self._look_for_words()
        return self._has_linux_row()

    def _has_linux_row(self) -> bool:
        """Whether there is a row of Linux: without known words, its odd bytes are a name that was cut, or no text."""
        return any(map(_LINUX_ROW.match, self._lines))

    def _look_for_words(self) -> None:
        """Look for known words in the lines since the last look."""
        lines = b"\n".join(self._lines[self._looked_at :])
        self._looked_at = len(self._lines)
        for codec, found in self._found.items():
            found.update(self._languages.keys() & _words(lines.decode(codec, "replace")))

    def _knows_words(self) -> bool:
        return max(map(_weight, self._found.values())) > CHANCE

    def _order(self) -> tuple[str, ...]:
        """All code pages, the likelier first."""
        is_windows = any(b"\r" in line for line in self._lines)
        return (*OEM, *ANSI, *UNIX) if is_windows else (*UNIX, *OEM, *ANSI)

    @cached_property
    def _languages(self) -> Mapping[str, set[str]]:
        """Each known word that is not ASCII, and the languages that have it."""
        vocabulary = self._vocabulary() if callable(self._vocabulary) else self._vocabulary
        languages: dict[str, set[str]] = {}
        for language, phrases in vocabulary.items():
            for word in _words("\n".join(phrases)):
                languages.setdefault(word, set()).add(language)
        return languages

    def _by_words(self) -> Verdict:
        """Of code pages under which equally many words are known, the one that can write the rest of the language."""
        most = max(map(_weight, self._found.values()))
        codecs = [codec for codec in self._order() if _weight(self._found[codec]) == most]
        words = set.union(*(self._found[codec] for codec in codecs))
        spoken = set.union(*(self._languages[word] for word in words))
        others = [word for word, languages in self._languages.items() if languages & spoken]
        ranks = {
            codec: (sum(_is_writable(word, codec) for word in others), self._plausibility(codec)) for codec in codecs
        }
        best = max(codecs, key=lambda codec: ranks[codec])
        shown = sorted(self._found[best], key=len, reverse=True)
        return Verdict(best, "known words: " + ", ".join(shown[:3]) + (" ..." if shown[3:] else ""))

    def _plausibility(self, codec: str) -> float:
        return plausibility(b"\n".join(self._lines).decode(codec, "replace"), codec)


def plausibility(text: str, codec: str = "utf-8") -> float:
    """From -1 to 1: how much of what is not ASCII looks like letters of words."""
    worths = [worth for part in _PART.findall(text) if not part.isascii() for worth in _worths(part, codec)]
    return sum(worths) / len(worths) if worths else 0


def _worths(part: str, codec: str) -> list[float]:
    """What each character of a word, or a symbol, says for the code page that it was read with."""
    odd = [letter for letter in part if not letter.isascii()]
    if not part.isalpha():
        return [0 if category(letter).startswith("M") else -1 for letter in odd]
    scripts = {_script(letter) for letter in part}
    if "East Asian" in scripts and len(odd) > 1 and not any("a" <= letter <= "z" for letter in part):
        scripts.discard("Latin")  # as in TCP
    if None in scripts or len(scripts) > 1 or _is_garbled(part):
        return [-1] * len(odd)
    # No language has as many accents as another script read as Latin, and few words are all capitals.
    if "Latin" in scripts and len(odd) > len(part) - len(odd) + 1:
        return [-1] * len(odd)
    return [_worth(letter, codec) * (0.9 if part.isupper() else 1) for letter in odd]


def _is_garbled(word: str) -> bool:
    """Whether a capital follows a small letter, and not as in RefCnt."""
    return any(
        letter.islower() and follower.isupper() and not (letter + follower).isascii()
        for letter, follower in pairwise(word)
    )


def _worth(letter: str, codec: str) -> float:
    if codec in _COMMON:
        leads, least = _COMMON[codec]
        written = letter.encode(codec, "replace")
        if written[0] not in leads or written[-1] < least:
            return -1
        return 0.9 if codec == "euc_jp" and letter >= "\u4e00" else 1  # Japanese without kana is likelier Korean
    script = _script(letter)
    if script == "Latin":
        return _WORTH.get(letter, 0.8 if letter < "\u0100" else 0.6)
    return _WORTH.get(letter, 0.6 if script == "Cyrillic" and not "\u0410" <= letter <= "\u044f" else 1)


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
