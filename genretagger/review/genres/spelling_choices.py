"""Which groups of spellings the user wants to unify, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from genretagger.core.genres import distinct
from genretagger.review.genres.spellings import FoundSpellings, SpellingGroup, SpellingKind


@dataclass(eq=False, slots=True)
class SpellingChoice:
    """A group of spellings, whether they are to be unified, and what the user typed for them."""

    group: SpellingGroup
    is_checked: bool
    typed: tuple[str, ...] = ()


class SpellingChoices:
    """The groups of a library; what one of them writes follows the choices on the others.

    So the parts of a text, and another name, are written as the user wants each genre, and nothing
    is left to mend. In a spelling that is known by another name, the choice on the name counts.
    """

    def __init__(self, found: FoundSpellings) -> None:
        self.records = [SpellingChoice(group, group.is_sure) for group in found.groups]
        self._row_ids = found.row_ids
        self._by_text: dict[str, list[SpellingChoice]] = {}
        others = (SpellingChoice(group, is_checked=True) for group in found.others)
        for choice in chain(self.records, others):
            texts = {s.text: s.is_protected for s in choice.group.spellings}
            if choice.group.kind is SpellingKind.SPELLING:
                texts.setdefault(choice.group.proposed[0], False)
            for text in (text for text, is_protected in texts.items() if not is_protected):
                self._by_text.setdefault(text, []).append(choice)
        for choices in self._by_text.values():
            choices.sort(key=lambda choice: choice.group.kind is not SpellingKind.OTHER_NAME)

    def names(self, choice: SpellingChoice) -> tuple[str, ...]:
        """Return what is written for the spellings of `choice` if it is checked."""
        return distinct(self._names(choice, above=()))

    def _names(self, choice: SpellingChoice, *, above: tuple[SpellingChoice, ...]) -> Iterator[str]:
        if choice.typed or choice.group.kind is SpellingKind.SPELLING:
            yield from choice.typed or choice.group.proposed
            return
        for name in choice.group.proposed:
            yield from self._resolve(name, above=(*above, choice))

    def _resolve(self, text: str, *, above: tuple[SpellingChoice, ...]) -> Iterator[str]:
        """Yield what `text` becomes by the checked choices; none of `above` asks for itself."""
        for choice in self._by_text.get(text, ()):
            if choice.is_checked and choice not in above:
                yield from self._names(choice, above=above)
                return
        yield text

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return what each text becomes that changes."""
        names = {text: distinct(self._resolve(text, above=())) for text in self._by_text}
        return {text: become for text, become in names.items() if become != (text,)}

    def n_files(self, choice: SpellingChoice) -> int:
        """Return how many files have a spelling that `choice` changes."""
        return len(choice.group.row_ids(self.names(choice)))

    def n_files_changing(self) -> int:
        """Return how many files change by all choices."""
        return len({n for text in self.chosen() for n in self._row_ids.get(text, ())})
