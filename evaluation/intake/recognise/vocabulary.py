"""Every name by which a questionnaire's columns may be called, and what each of them means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from evaluation.design import Field, Instrument, Study
from evaluation.intake.recognise.folding import plain, twins

Words = Mapping[str, tuple[Field, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Looked up in this order: names and labels, aliases, then both with forgiving spelling."""

    steps: tuple[tuple[Callable[[str], str], Words], ...]
    forbidden: frozenset[str]
    ignored: frozenset[str]

    def fields(self, header: str) -> tuple[Field, ...]:
        """The fields that are called so, in declared order; several where labels repeat."""
        for fold, words in self.steps:
            if found := words.get(fold(header)):
                return found
        return ()

    def forbids(self, header: str) -> bool:
        return twins(header) in self.forbidden

    def ignores(self, header: str) -> bool:
        return plain(header) in self.ignored


def vocabulary_of(instrument: Instrument) -> Vocabulary:
    fields = instrument.fields
    names = _words(fields, lambda f: (f.name, *f.header.values()), plain)
    aliases = _words(fields, lambda f: f.aliases, plain)
    similar = _words(fields, lambda f: (f.name, *f.header.values()), twins)
    similar_aliases = _words(fields, lambda f: f.aliases, twins)
    return Vocabulary(
        steps=((plain, names), (plain, aliases), (twins, similar), (twins, similar_aliases)),
        forbidden=frozenset(twins(word) for word in instrument.forbidden_headers),
        ignored=frozenset(plain(word) for word in instrument.ignored_headers),
    )


def word_counter(study: Study) -> Callable[[str], int]:
    """Counts the cells of a text that any questionnaire of the study knows: for encodings."""
    known = {
        plain(word)
        for instrument in study.instruments.values()
        for field in instrument.fields
        for word in (*field.header.values(), *field.aliases)
    }

    def count(text: str) -> int:
        return len(known & {plain(cell) for cell in re.split(r'[;,\t\r\n"]+', text)})

    return count


def _words(
    fields: Iterable[Field],
    words_of: Callable[[Field], Iterable[str]],
    fold: Callable[[str], str],
) -> Words:
    words: dict[str, tuple[Field, ...]] = {}
    for field in fields:
        for word in {fold(word) for word in words_of(field)}:
            words[word] = (*words.get(word, ()), field)
    return words
