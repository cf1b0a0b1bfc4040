r"""Bytes that are not Unicode: in which code page they are, judged by the words that netstat prints.

General detectors learn from prose, and a netstat table may hold three words that are not ASCII. But these we know:
under the right code page they appear, ABHÖREN out of ``ABH\x99REN``, and under the others they do not.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from netstat_parse.decode.letters import plausibility

OEM = (
    *("cp850", "cp437", "cp852", "cp862", "cp866", "cp857", "cp737", "cp775", "cp720"),
    *("cp949", "cp932", "cp936", "cp950", "cp874"),
)
"""What cmd.exe writes, each somewhere in the world without being told to. Of two that read the same bytes as words, the
one that reads fewer bytes so stands first: Hebrew bytes all make Cyrillic letters, and not the other way round."""


DOS = ("cp858", "cp855", "cp860", "cp861", "cp863", "cp865", "cp869")
"""What cmd.exe writes where somebody chose so."""


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


DOUBTS = 256
"""Lines that are not ASCII in which a known word still overrules what letters told, as notes may stand above a dump."""


SHORT = len("für".encode())
"""The length up to which a word is found by chance, in bytes of UTF-8, as these tell alphabets from Chinese."""


LEGIBLE = 0.3
"""How plausible letters must be to choose a code page without a single known word."""


Vocabulary = Mapping[str, Iterable[str]]
"""The phrases that netstat prints in each language."""


_WORD = re.compile(r"[^\W\d_]+(?:\?[^\W\d_]+)*")
"""With question marks for the letters that its code page lacks: Wine prints ``interfa?ă``."""


_DIGIT = re.compile(rb"[0-9]")


_LINUX_ROW = re.compile(rb"[\s>|]*(?:tcp|udp|raw|unix|sctp|dccp)[a-z]*\d? +\d")


_FOLDED = str.maketrans("șțȘȚіІ", "şţŞŢiI")
"""Letters that Romanian and Ukrainian code pages lack, and what Windows prints in their place."""


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
        self._doubts = DOUBTS
        self._by_letters: Verdict | None = None
        self._open()

    def _open(self) -> None:
        """Begin another window."""
        self._left, self._evidence = WINDOW, EVIDENCE
        self._lines: list[bytes] = []
        self._looked_at = self._valid = self._invalid = self._known = 0
        self._found: dict[str, set[str]] = {codec: set() for codec in (*OEM, *DOS, *ANSI, *UNIX)}
        self._tries += 1

    def hear(self, lines: bytes) -> tuple[Verdict | None, int]:
        """Hear the next whole lines; the verdict as soon as there is one, and how many of the bytes it is about."""
        length = 0
        for line in lines.removesuffix(b"\n").split(b"\n"):
            told = self._by_letters
            verdict = self._line(line)
            if verdict and told and length:
                return told, length  # and what was heard last is heard again
            length += len(line) + 1
            if verdict:
                return verdict, length
        return self._by_letters, length

    def _line(self, line: bytes) -> Verdict | None:
        if self._by_letters:
            return None if line.isascii() else self._second_thought(line[:EVIDENCE], self._by_letters)
        if not self._lines and line.isascii():
            return None
        is_clear = not line.isascii() and self._is_clear(line[: self._evidence])
        # A word may be of two languages or more; title and headings together tell, and a row can wait no longer.
        is_clear |= self._known > 0 and _DIGIT.search(line) is not None
        self._left -= len(line) + 1
        is_over = self._left <= 0 or self._evidence <= 0 or len(self._lines) == LINES
        return self.decide() if is_clear or is_over else None

    def _second_thought(self, line: bytes, told: Verdict) -> Verdict | None:
        """What a known word says to the verdict by letters, which is final when there was none for long."""
        self._lines, self._looked_at = [line], 0
        self._look_for_words()
        if self._known:
            return self._by_words()
        self._doubts -= 1
        return None if self._doubts > 0 else told._replace(is_final=True)

    def decide(self) -> Verdict:
        """The verdict by what was heard, when nothing more comes."""
        if self._known:
            return self._by_words()
        if not self._invalid:
            return Verdict("utf-8", "valid UTF-8")
        mostly = "mostly valid UTF-8" if self._invalid < self._valid else "no code page reads better"
        if self._invalid * 4 <= self._valid and self._plausibility("utf-8") > 0:
            return Verdict("utf-8", mostly)
        best = max(self._order(), key=self._plausibility)
        if not self._has_linux_row() and self._plausibility(best) >= LEGIBLE:
            self._open()
            self._by_letters = Verdict(best, "letters that make words", is_final=False)
            return self._by_letters
        self._open()
        return Verdict("utf-8", mostly, is_final=self._tries > TRIES)

    def _is_clear(self, line: bytes) -> bool:
        """Take in a line; whether it is UTF-8 for certain, or else a row that tells nothing."""
        self._lines.append(line)
        self._evidence -= len(line)
        text = line.decode("utf-8", "ignore")
        kept = len(text.encode())
        self._valid += kept - len(text.encode("ascii", "ignore"))
        self._invalid += len(line) - kept
        # Two bytes of many code pages make a letter of UTF-8 by chance, but hardly a word.
        is_text = plausibility(text) > 0 or (not self._invalid and max(text) >= "\u0900")
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
        self._known = max(map(_weight, self._found.values()))

    def _order(self) -> tuple[str, ...]:
        """All code pages, the likelier first."""
        is_windows = any(b"\r" in line for line in self._lines)
        return (*OEM, *DOS, *ANSI, *UNIX) if is_windows else (*UNIX, *OEM, *DOS, *ANSI)

    @cached_property
    def _languages(self) -> Mapping[str, set[str]]:
        """Each known word that is neither ASCII nor short, and the languages that have it."""
        vocabulary = self._vocabulary() if callable(self._vocabulary) else self._vocabulary
        languages: dict[str, set[str]] = {}
        for language, phrases in vocabulary.items():
            for word in _words("\n".join(phrases)):
                languages.setdefault(word, set()).add(language)
        return {word: tags for word, tags in languages.items() if len(word.encode()) > SHORT}

    def _by_words(self) -> Verdict:
        """Of code pages under which equally many words are known, the one that can write the rest of the language."""
        codecs = [codec for codec in self._order() if _weight(self._found[codec]) == self._known]
        words = set.union(*(self._found[codec] for codec in codecs))
        spoken = set.union(*(self._languages[word] for word in words))
        others = [word for word, languages in self._languages.items() if languages & spoken]
        ranks = {
            codec: (sum(_is_writable(word, codec) for word in others), self._plausibility(codec)) for codec in codecs
        }
        best = max(codecs, key=lambda codec: ranks[codec])
        shown = sorted(self._found[best], key=lambda word: (-len(word), word))
        return Verdict(best, "known words: " + ", ".join(shown[:3]) + (" ..." if shown[3:] else ""))

    def _plausibility(self, codec: str) -> float:
        found = plausibility(b"\n".join(self._lines).decode(codec, "replace"), codec)
        return found - 0.1 if codec in DOS else found


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
