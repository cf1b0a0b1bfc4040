"""One language's vocabulary, back to English, and English to the words of the schema.

A vocabulary makes an answer richer, never possible: tables are found by the shape of their rows. A word is looked up in
English first and then in all languages of its system at once, so that text in English loads no other language.

A file's name is its language's tag. A program whose words are its own has a file beside that: what Windows prints in
German is in ``de.toml``, and what only Wine prints in ``de-x-wine.toml``.
"""

from collections import Counter
from typing import NamedTuple

from netstat_parse.systems.lookup import canonical, translated, undamaged
from netstat_parse.systems.vocabularies import _language_and_program, english

OWN_WORDS = 2
"""Texts of a program's own that tell the program; one may be what another prints in a version that nobody has shown."""


UNKNOWN_WORDS = 100
"""Unknown words that are told of in one snapshot."""


class Doubt(NamedTuple):
    """Why a word may not be what it was read as, for a diagnostic."""

    code: str
    message: str


class Words:
    """The words of one snapshot: looks them up, and remembers which languages they were of."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.heard: Counter[str] = Counter()
        """How many printed texts each language accounts for."""
        self.unknown: set[str] = set()
        """Words that no vocabulary has; hostile input may have any number, so only the first ones are kept."""

    @property
    def language(self) -> str | None:
        """The language of most texts; English where there was no other; none where nothing tells.

        Two kinds of one language of which neither has more are that language: ``pt`` of ``pt-BR`` and ``pt-PT``.
        """
        spoken: Counter[str] = Counter()
        for tag, count in self.heard.items():
            spoken[_language_and_program(tag)[0]] += count
        english = spoken.pop("en", 0)
        if not spoken:
            return "en" if english else None
        most = [tag for tag, count in spoken.items() if count == max(spoken.values())]
        kin = {tag.partition("-")[0] for tag in most}
        return most[0] if len(most) == 1 else kin.pop() if len(kin) == 1 else None

    @property
    def program(self) -> str | None:
        """The program, where several texts are of one alone."""
        printed_by: Counter[str] = Counter()
        for tag, count in self.heard.items():
            printed_by[_language_and_program(tag)[1]] += count
        del printed_by[""]
        return next(iter(printed_by)) if len(printed_by) == 1 and printed_by.total() >= OWN_WORDS else None

    def schema_word(self, part: str, text: str) -> str | None:
        """The schema's word for a printed state or timer, in any language; ``""`` for one that the schema has none for.

        None where no vocabulary has the text.
        """
        words = english(self.system).get(part, {})
        if text in words:
            return str(words[text])
        meant, tags = translated(self.system, part, text, self.language)
        self.heard.update(tags)
        return None if meant is None else str(words.get(meant, ""))

    def read(self, part: str, text: str) -> tuple[str | None, Doubt | None]:
        """The schema's word for a printed one, which may be damaged, and what is doubtful of it."""
        word = self.schema_word(part, text)
        if word is not None or text.isdigit():
            return word, None
        whole = undamaged(self.system, part, text)
        if whole is None:
            return None, Doubt("unknown-state", f"no vocabulary has the word {text!r}")
        message = f"{text!r} was decoded wrongly, and can only be {whole!r}"
        return self.schema_word(part, whole), Doubt("damaged-word", message)

    def english(self, part: str, text: str) -> str:
        """The English for a printed text, or the text itself where no vocabulary has it."""
        meant, tags = canonical(self.system, part, text)
        self.heard.update(tags)
        return text if meant is None else meant

    def is_new(self, text: str) -> bool:
        """Whether this unknown word has not been met before."""
        if text in self.unknown or len(self.unknown) >= UNKNOWN_WORDS:
            return False
        self.unknown.add(text)
        return True
