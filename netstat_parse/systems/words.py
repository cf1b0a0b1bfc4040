"""Translate the words of one snapshot to English and to the words of the schema, and identify its language.

A vocabulary makes an answer richer, never possible: tables are recognized by the shape of their rows. A word is looked
up in English first and then in all languages of its system at once, so that English text loads no other language.
"""

from collections import Counter
from collections.abc import Container
from typing import NamedTuple

from netstat_parse.systems.lookup import restore, translate, translate_foreign
from netstat_parse.systems.vocabularies import english, split_tag

MIN_PROGRAM_WORDS = 2
"""Texts of one program that identify it; a single one may come from an unknown version of another program."""

MAX_UNKNOWN_WORDS = 100
"""Unknown words of one snapshot that get a diagnostic."""


class Doubt(NamedTuple):
    """Why the meaning of a word is uncertain, for a diagnostic."""

    code: str
    message: str


class Words:
    """The words of one snapshot, and the languages that they belong to."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.heard: Counter[str] = Counter()
        """Number of printed texts by language tag."""
        self.unknown: set[str] = set()
        """Words that no vocabulary has; only the first ones, since hostile input may have any number."""

    @property
    def language(self) -> str | None:
        """The language of most texts; English only where there was no other; None where no text identifies one.

        Two variants of a language with equally many texts are that language: ``pt`` for ``pt-BR`` and ``pt-PT``.
        """
        counts: Counter[str] = Counter()
        for tag, count in self.heard.items():
            counts[split_tag(tag)[0]] += count
        english = counts.pop("en", 0)
        if not counts:
            return "en" if english else None
        most = [tag for tag, count in counts.items() if count == max(counts.values())]
        languages = {tag.partition("-")[0] for tag in most}
        return most[0] if len(most) == 1 else languages.pop() if len(languages) == 1 else None

    @property
    def program(self) -> str | None:
        """The program that alone prints several of the texts; None where they do not identify one."""
        counts: Counter[str] = Counter()
        for tag, count in self.heard.items():
            counts[split_tag(tag)[1]] += count
        del counts[""]
        return next(iter(counts)) if len(counts) == 1 and counts.total() >= MIN_PROGRAM_WORDS else None

    def schema_word(self, part: str, text: str) -> str | None:
        """Return the schema's word for a printed state or timer in any language.

        It is ``""`` where the schema has no word for it, and None where no vocabulary has the text.
        """
        words = english(self.system).get(part, {})
        if text in words:
            return str(words[text])
        meant, tags = translate_foreign(self.system, part, text, self.language)
        self.heard.update(tags)
        return None if meant is None else str(words.get(meant, ""))

    def read(self, part: str, text: str) -> tuple[str | None, Doubt | None]:
        """Return the schema's word for a printed text, which may be damaged, and what is uncertain about it."""
        word = self.schema_word(part, text)
        if word is not None or text.isdigit():
            return word, None
        restored = restore(self.system, part, text)
        if restored is None:
            return None, Doubt("unknown-state", f"no vocabulary has the word {text!r}")
        message = f"{text!r} was decoded wrongly, and can only be {restored!r}"
        return self.schema_word(part, restored), Doubt("damaged-word", message)

    def english(self, part: str, text: str, known: Container[str] = ()) -> str:
        """Return the English for a printed text, or the text itself where no vocabulary has it.

        Texts that are `known` are English already.
        """
        meant, tags = translate(self.system, part, text, known)
        self.heard.update(tags)
        return text if meant is None else meant

    def is_new(self, text: str) -> bool:
        """Remember an unknown word; return whether it is a new one, and not one too many."""
        if text in self.unknown or len(self.unknown) >= MAX_UNKNOWN_WORDS:
            return False
        self.unknown.add(text)
        return True
