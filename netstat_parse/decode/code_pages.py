r"""Detect the code page of bytes that are not Unicode by the words that netstat prints.

General detectors learn from prose, and a netstat table may have three words that are not ASCII. But those words are
known: decoded with the right code page they appear, ABHÖREN from ``ABH\x99REN``, and with the others they do not.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from unicodedata import normalize

from netstat_parse.decode.letters import score_letters
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

OEM_CODE_PAGES = (
    *("cp850", "cp437", "cp852", "cp862", "cp866", "cp857", "cp737", "cp775", "cp720"),
    *("cp949", "cp932", "cp936", "cp950", "cp874"),
)
"""Encodings of cmd.exe, each the default of some countries. Of two that decode the same bytes as words, the one that
does so for fewer bytes comes first: all Hebrew bytes are Cyrillic letters in another page, but not the reverse."""

DOS_CODE_PAGES = ("cp858", "cp855", "cp860", "cp861", "cp863", "cp865", "cp869")
"""Encodings of cmd.exe that are the default nowhere."""

ANSI_CODE_PAGES = ("cp1252", "cp1250", "cp1255", "cp1251", "cp1254", "cp1253", "cp1256", "cp1257", "cp1258")
"""Encodings of other programs on Windows."""

UNIX_ENCODINGS = ("iso8859-1", "iso8859-2", "koi8-r", "euc_jp")
"""Encodings of Linux before UTF-8."""

WINDOW_BYTES = 8192
"""Maximum size of the evidence with the ASCII lines between, from the first line on that is not ASCII. On a pipe no row
is printed before that many bytes have come."""

EVIDENCE_BYTES = 2048
"""Maximum size of the lines of a window that are not ASCII."""

EVIDENCE_LINES = 64
"""Maximum number of the lines of a window that are not ASCII."""

MAX_WINDOWS = 4
"""Maximum number of windows without a detection; after them the encoding is UTF-8 with some invalid bytes."""

PROVISIONAL_LINES = 256
"""Lines that are not ASCII in which a known word overrules a detection by letters, as notes may precede a dump."""

MAX_SHORT_WORD_BYTES = len("für".encode())
"""Length up to which a word may occur by chance. In bytes of UTF-8, as a Chinese character says more than a letter."""

MIN_SCORE = 0.3
"""Score of letters from which on a code page is detected without any known word."""

KnownWords = Mapping[str, Iterable[str]]
"""The words outside ASCII that netstat prints in each language, as `split_words` returns them."""

_WORD = compile_pattern(r"[^\W\d_]+(?:\?[^\W\d_]+)*")
"""Question marks replace letters that the code page lacks: Wine prints ``interfa?ă``."""

_DIGIT = compile_pattern(rb"[0-9]")

_LINUX_ROW = compile_pattern(rb"[\s>|]*(?:tcp|udp|raw|unix|sctp|dccp)[a-z]*\d? +\d")

_FOLDED = str.maketrans("șțȘȚіІ", "şţŞŢiI")
"""Letters that Romanian and Ukrainian code pages lack, and those that Windows prints instead."""


class DetectedEncoding(NamedFields):
    """A detected encoding."""

    encoding: str
    """Python's name of the encoding."""
    grounds: str
    """Why it was chosen."""
    is_final: bool = True
    """True if it holds for all bytes that follow. If not, later lines may overrule it."""


class EncodingDetector:
    """Detects the encoding of lines that are fed to it.

    The result depends on the lines alone and not on how many are fed at once, so a pipe and a file give the same.
    """

    def __init__(self, vocabulary: KnownWords | Callable[[], KnownWords]) -> None:
        self._vocabulary = vocabulary
        self._windows = 0
        self._provisional_lines = PROVISIONAL_LINES
        self._by_letters: DetectedEncoding | None = None
        self._open_window()

    def _open_window(self) -> None:
        self._window_bytes, self._evidence_bytes = WINDOW_BYTES, EVIDENCE_BYTES
        self._evidence: list[bytes] = []
        self._searched = 0
        """Lines of the evidence in which known words were searched."""
        self._valid = self._invalid = 0
        """Bytes that are non-ASCII characters of UTF-8, and bytes that are not UTF-8."""
        self._known = 0
        """Weight of the known words in the best code page."""
        self._words: dict[str, set[str]] = {codec: set() for codec in self._candidates()}
        self._windows += 1

    def feed(self, lines: bytes) -> tuple[DetectedEncoding | None, int]:
        """Add whole lines; return the detection once there is one, and the number of bytes that it decides."""
        length = 0
        for line in lines.removesuffix(b"\n").split(b"\n"):
            earlier = self._by_letters
            detection = self._feed_line(line)
            if detection and earlier and length:
                return earlier, length  # the line that overruled it is fed again
            length += len(line) + 1
            if detection:
                return detection, length
        return self._by_letters, length

    def _feed_line(self, line: bytes) -> DetectedEncoding | None:
        if self._by_letters:
            return None if line.isascii() else self._overrule(line[:EVIDENCE_BYTES], self._by_letters)
        if not self._evidence and line.isascii():
            return None
        is_enough = not line.isascii() and self._add_evidence(line[: self._evidence_bytes])
        # One word may belong to several languages: title and headings decide together, but no row waits for more.
        is_enough |= self._known > 0 and _DIGIT.search(line) is not None
        self._window_bytes -= len(line) + 1
        is_full = self._window_bytes <= 0 or self._evidence_bytes <= 0 or len(self._evidence) == EVIDENCE_LINES
        return self.detect() if is_enough or is_full else None

    def _overrule(self, line: bytes, by_letters: DetectedEncoding) -> DetectedEncoding | None:
        """Detect by a known word in spite of the letters, whose detection is final when no such word comes for long."""
        self._evidence, self._searched = [line], 0
        self._find_words()
        if self._known:
            return self._detect_by_words()
        self._provisional_lines -= 1
        return None if self._provisional_lines > 0 else by_letters._replace(is_final=True)

    def detect(self) -> DetectedEncoding:
        """Detect the encoding from the lines so far, when no more follow."""
        if self._known:
            return self._detect_by_words()
        if not self._invalid:
            return DetectedEncoding("utf-8", "valid UTF-8")
        grounds = "mostly valid UTF-8" if self._invalid < self._valid else "no code page reads better"
        if self._invalid * 4 <= self._valid and self._score("utf-8") > 0:
            return DetectedEncoding("utf-8", grounds)
        best = max(self._candidates(), key=self._score)
        if not self._has_linux_row() and self._score(best) >= MIN_SCORE:
            self._open_window()
            self._by_letters = DetectedEncoding(best, "letters that make words", is_final=False)
            return self._by_letters
        self._open_window()
        return DetectedEncoding("utf-8", grounds, is_final=self._windows > MAX_WINDOWS)

    def _add_evidence(self, line: bytes) -> bool:
        """Add a line; return whether it decides for UTF-8, or is a row without evidence that must not wait."""
        self._evidence.append(line)
        self._evidence_bytes -= len(line)
        text = line.decode("utf-8", "ignore")
        valid = len(text.encode())
        self._valid += valid - len(text.encode("ascii", "ignore"))
        self._invalid += len(line) - valid
        # Two bytes of many code pages are one letter of UTF-8 by chance, but hardly a word.
        is_text = score_letters(text) > 0 or (not self._invalid and max(text) >= "\u0900")
        if is_text and self._invalid * 4 <= self._valid:
            return True
        self._find_words()
        return self._has_linux_row()

    def _has_linux_row(self) -> bool:
        """Return whether there is a row of Linux: without known words, its odd bytes are a cut name, or no text."""
        return any(map(_LINUX_ROW.match, self._evidence))

    def _find_words(self) -> None:
        """Find known words in the lines that have not been searched."""
        lines = b"\n".join(self._evidence[self._searched :])
        self._searched = len(self._evidence)
        for codec, words in self._words.items():
            words.update(self._languages.keys() & split_words(lines.decode(codec, "replace")))
        self._known = max(map(_weigh, self._words.values()))

    def _candidates(self) -> tuple[str, ...]:
        """Return all code pages, the more likely ones first."""
        is_windows = any(b"\r" in line for line in self._evidence)
        windows = (*OEM_CODE_PAGES, *DOS_CODE_PAGES, *ANSI_CODE_PAGES)
        return (*windows, *UNIX_ENCODINGS) if is_windows else (*UNIX_ENCODINGS, *windows)

    @cached_property
    def _languages(self) -> Mapping[str, set[str]]:
        """The languages of each known word that is not short."""
        vocabulary = self._vocabulary() if callable(self._vocabulary) else self._vocabulary
        languages: dict[str, set[str]] = {}
        for language, words in vocabulary.items():
            for word in words:
                languages.setdefault(word, set()).add(language)
        return {word: tags for word, tags in languages.items() if len(word.encode()) > MAX_SHORT_WORD_BYTES}

    def _detect_by_words(self) -> DetectedEncoding:
        """Choose the code page with the most known words; of several, the one that can encode most of the language."""
        codecs = [codec for codec in self._candidates() if _weigh(self._words[codec]) == self._known]
        words = set.union(*(self._words[codec] for codec in codecs))
        languages = set.union(*(self._languages[word] for word in words))
        related = [word for word, tags in self._languages.items() if tags & languages]
        ranks = {codec: (sum(_can_encode(codec, word) for word in related), self._score(codec)) for codec in codecs}
        best = max(codecs, key=lambda codec: ranks[codec])
        examples = sorted(self._words[best], key=lambda word: (-len(word), word))
        return DetectedEncoding(best, "known words: " + ", ".join(examples[:3]) + (" ..." if examples[3:] else ""))

    def _score(self, codec: str) -> float:
        """Score the letters of the evidence in a code page, the rare ones of DOS a little lower."""
        score = score_letters(b"\n".join(self._evidence).decode(codec, "replace"), codec)
        return score - 0.1 if codec in DOS_CODE_PAGES else score


def split_words(text: str) -> set[str]:
    """Return the words of a text that are not ASCII, in the letters that all code pages of their language have."""
    words = _WORD.findall(normalize("NFC", text).translate(_FOLDED))
    return {word for word in words if not word.isascii()}


def _weigh(words: Iterable[str]) -> int:
    """Return the length of the words in bytes of UTF-8."""
    return sum(len(word.encode()) for word in words)


def _can_encode(codec: str, word: str) -> bool:
    try:
        word.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
