"""Keys under which terms are found: as people copy them out of a dump, with numbers and punctuation."""

import re
import unicodedata

MAX_TERM_CHARS = 300
"""Maximum length of a term; longer than any label."""

_NUMBER = re.compile(r"(?<![\w.:/*-])\d++(?:[.,]\d++)?(?![\w.:/*])|<[NST]>")
"""A figure, which stands by itself, or the place of one in a label."""

_NUMBER_IN_CJK = re.compile(r"(?<=[^\x00-\u2fff])\d++|\d++(?=[^\x00-\u2fff])")
"""A figure beside a letter of a script without blanks between words."""

_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
"""Characters that join letters in some scripts, such as Sinhala; they are no control characters."""


def fold(text: str) -> str:
    """Make the key of a term: without figures, blanks, final punctuation, and difference of case."""
    text = unicodedata.normalize("NFKC", text).strip()
    bare = _NUMBER_IN_CJK.sub(" ", _NUMBER.sub(" ", f"{text} ".replace(": ", " ")))
    key = "".join(bare.split()).casefold()
    return key.strip(":=.;,") or "".join(text.split()).casefold()


def is_askable(term: str) -> bool:
    """Return whether a text can be a term: of one line, without control characters, and not too long."""
    text = term.strip() if len(term) <= MAX_TERM_CHARS else ""
    return bool(text) and text.translate(_JOINERS).replace("\xa0", " ").isprintable()
