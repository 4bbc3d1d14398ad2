from dataclasses import dataclass
from functools import lru_cache

from leadhub.domain.contact_details.legal_forms import (
    CONNECTORS,
    SHORT_CONNECTORS,
    company_words,
    split_legal_form,
)
from leadhub.domain.contact_details.text import fold, text_of
from leadhub.domain.data import word_list, word_pairs

WORD_FORMS = word_pairs("company_word_forms")
GENERIC_WORDS = word_list("generic_company_words")
LEADING_ARTICLES = frozenset({"the"})


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's name in comparable form: legal form, article and connectors apart."""

    core: str = ""
    legal_form: str = ""
    tokens: tuple[str, ...] = ()
    initials: str = ""

    @property
    def compact(self) -> str:
        """The core without spaces."""
        return self.core.replace(" ", "")

    @property
    def telling_tokens(self) -> tuple[str, ...]:
        """The words that tell companies apart; all of them where none does."""
        telling = tuple(token for token in self.tokens if token not in GENERIC_WORDS)
        return telling or self.tokens


EMPTY_COMPANY = CompanyName()


def _without_connectors(words: list[str]) -> list[str]:
    last = len(words) - 1
    return [
        word
        for index, word in enumerate(words)
        if not (
            0 < index < last
            and (
                word in CONNECTORS
                or (word in SHORT_CONNECTORS and min(len(words[index - 1]), len(words[index + 1])) > 2)
            )
        )
    ]


@lru_cache(maxsize=200_000)
def parse_company_name(text: str | None) -> CompanyName:
    """A company name in comparable form; junk gives an empty name."""
    written = text_of(text)
    words = company_words(written)
    if not words and written.strip():
        words = fold(written).split()
    if not words:
        return EMPTY_COMPANY
    core, removed = split_legal_form(words)
    while len(core) > 1 and core[0] in LEADING_ARTICLES:
        core = core[1:]
    core = _without_connectors(core)
    tokens = tuple(WORD_FORMS.get(word, word) for word in core)
    initials = "".join(token[0] for token in tokens) if len(tokens) > 2 else ""
    return CompanyName(" ".join(tokens), " ".join(removed), tokens, initials)


def normalise_company_name(text: str | None) -> str:
    """The core of a company name. Normalising twice changes nothing."""
    core = parse_company_name(text).core
    while (again := parse_company_name(core).core) != core:
        core = again
    return core
