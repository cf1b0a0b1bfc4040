"""Translate the words of one snapshot to English and to the words of the schema, and identify its language.

No table needs a vocabulary to be recognized: the shape of its rows is enough. A word is looked up in English first and
then in all languages of its system, so that English text loads no other language.
"""

from collections import Counter
from collections.abc import Container

from netstat_parse.named_fields import NamedFields
from netstat_parse.systems.lookup import languages_that_translate, restore, translate, translate_foreign
from netstat_parse.systems.vocabularies import Tags, english, split_tag

MIN_PROGRAM_WORDS = 2
"""Number of texts that identify a program: one text may come from an unknown version of another program."""

MAX_UNKNOWN_WORDS = 100
"""Maximum number of unknown words in one snapshot that are reported, for each part of the vocabularies."""


class Doubt(NamedFields):
    """The reason why the meaning of a word is uncertain, for a diagnostic."""

    code: str
    message: str


class Words:
    """The words of one snapshot, counted by language."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.language_counts: Counter[str] = Counter()
        """Number of printed texts by language tag."""
        self._counted: set[tuple[str, str]] = set()
        """Texts that were counted, with their part of the vocabularies."""
        self.english_texts: dict[str, set[str]] = {}
        """English words for states, types and timers that were printed, by part of the vocabulary."""
        self._unknown: dict[str, set[str]] = {}
        """Words that no vocabulary has, by part, up to `MAX_UNKNOWN_WORDS`: hostile input may have any number."""

    @property
    def language(self) -> str | None:
        """The language of most texts; English only if there is no other; None if no text identifies one.

        Of languages with equally many texts, one is out if it has another word for a word that was printed in English.
        Two variants of a language with equally many texts are that language: ``pt`` for ``pt-BR`` and ``pt-PT``.
        """
        counts: Counter[str] = Counter()
        for tag, count in self.language_counts.items():
            counts[split_tag(tag)[0]] += count
        english = counts.pop("en", 0)
        if not counts:
            return "en" if english else None
        most = [tag for tag, count in counts.items() if count == max(counts.values())]
        most = self._without_translated(most) if len(most) > 1 else most
        languages = {tag.partition("-")[0] for tag in most}
        return most[0] if len(most) == 1 else languages.pop() if len(languages) == 1 else None

    def _without_translated(self, languages: list[str]) -> list[str]:
        """Return the languages that do not translate the printed English words; all of them if none is left."""
        translated: set[str] = set()
        for part, texts in self.english_texts.items():
            translated |= languages_that_translate(self.system, part, texts)
        return [language for language in languages if language not in translated] or languages

    @property
    def program(self) -> str | None:
        """The only program that prints several of the texts; None if they do not identify one."""
        counts: Counter[str] = Counter()
        for tag, count in self.language_counts.items():
            counts[split_tag(tag)[1]] += count
        del counts[""]
        return next(iter(counts)) if len(counts) == 1 and counts.total() >= MIN_PROGRAM_WORDS else None

    def schema_word(self, part: str, text: str) -> str | None:
        """Return the schema's word for a printed state or timer in any language.

        It is ``""`` if the schema has no word for it, and None if no vocabulary has the text.
        """
        words = english(self.system).get(part, {})
        if text in words:
            self.english_texts.setdefault(part, set()).add(text)
            return str(words[text])
        meant, tags = translate_foreign(self.system, part, text)
        self.count_languages(part, text, tags)
        return None if meant is None else str(words.get(meant, ""))

    def read(self, part: str, text: str) -> tuple[str | None, Doubt | None]:
        """Return the schema's word for a printed text that may be damaged, and the reason for a doubt about it."""
        word = self.schema_word(part, text)
        if word is not None or text.isdigit():
            return word, None
        restored = restore(self.system, part, text)
        if restored is None:
            return None, Doubt("unknown-state", f"no vocabulary has the word {text!r}")
        message = f"{text!r} was decoded wrongly, and can only be {restored!r}"
        return self.schema_word(part, restored), Doubt("damaged-word", message)

    def english(self, part: str, text: str, known: Container[str] = ()) -> str:
        """Return the English for a printed text, or the text itself if no vocabulary has it.

        Texts that are `known` are English already.
        """
        meant, tags = translate(self.system, part, text, known)
        self.count_languages(part, text, tags)
        return text if meant is None else meant

    def count_languages(self, part: str, text: str, tags: Tags) -> None:
        """Count the languages of a printed text once, however many rows have it: rows come in blocks of any size."""
        if tags and (part, text) not in self._counted:
            self._counted.add((part, text))
            self.language_counts.update(tags)

    def is_new(self, text: str, part: str = "") -> bool:
        """Remember an unknown word of a part; return whether it is new there, and the limit is not reached."""
        unknown = self._unknown.setdefault(part, set())
        if text in unknown or len(unknown) >= MAX_UNKNOWN_WORDS:
            return False
        unknown.add(text)
        return True
