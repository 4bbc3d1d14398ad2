import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from leadhub.domain.contact_details.text import fold, text_of
from leadhub.domain.data import word_list, word_pairs

TITLES = word_list("name_titles")
SUFFIXES = word_list("name_suffixes")
LETTER_SUFFIXES = frozenset({"ma", "ba", "me", "fr", "hr", "g", "hon", "gen", "col", "mag", "pan", "sr"})
PARTICLES = word_list("name_particles")
ALWAYS_PARTICLES = word_list("name_particles_anywhere")
GLUED_PREFIXES = frozenset({"mc", "mac", "o", "d", "al", "el", "l", "m"})
PATRONYMIC = re.compile(r"(?:ovich|evich|yevich|ich|ovych|evych|ovna|evna|yevna|ichna|inichna|ivna|yivna)$")
NICKNAME_IN_NAME = re.compile(r"[(\[\"“„«'‘]([^()\[\]\"“”„«»'‘’]{2,})[)\]\"”“»'’](?=\s|$|,)")
DOTTED = re.compile(r"(?<=\w)\.(?=\w)")
UMLAUT = re.compile(r"([aou])e+")
HAN = re.compile(r"^[㐀-鿿豈-﫿]{2,5}$")
HANGUL = re.compile(r"^[가-힯]{2,5}$")
KANA = re.compile(r"[぀-ヿ]")
DOUBLE_HAN_FAMILIES = word_list("double_han_families")
KOREAN_FAMILIES = word_pairs("korean_families")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in comparable form: folded words, titles and particles apart."""

    given: str = ""
    middle: str = ""
    family: str = ""
    particles: str = ""
    suffix: str = ""
    nickname: str = ""
    key: str = ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Given, middle and family words in order, without particles."""
        return (*self.given.split(), *self.middle.split(), *self.family.split())

    @property
    def compact(self) -> str:
        """All in order without spaces: Min-su Kim as Minsu Kim."""
        return UMLAUT.sub(r"\1", f"{self.given}{self.middle}{self.particles}{self.family}".replace(" ", ""))

    @property
    def full(self) -> str:
        """The folded name in the order given, middle, particles, family."""
        return " ".join(part for part in (self.given, self.middle, self.particles, self.family) if part)


EMPTY_NAME = PersonName()


def _without_titles(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and kept[0] in TITLES and not (len(kept) == 2 and kept[0] in LETTER_SUFFIXES):
        kept.pop(0)
    return kept


def _without_suffixes(words: list[str]) -> tuple[list[str], str]:
    kept, suffixes = list(words), []
    least = 1 if len(words) < 3 else 2
    while len(kept) > least and kept[-1] in SUFFIXES and kept[-1] not in ("ma", "ba"):
        suffixes.insert(0, kept.pop())
    return kept, " ".join(suffixes)


def _glued(words: list[str]) -> list[str]:
    """Join "mc donald" and "o brien"; an initial with a dot was kept apart before."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in ("mc", "mac") and len(word) > 2:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _split_family(words: list[str]) -> tuple[str, str]:
    words = _glued(words)
    particles = []
    while len(words) > 1 and words[0] in PARTICLES and len(words[0]) > 1:
        particles.append(words.pop(0))
    kept = [word for index, word in enumerate(words) if index == 0 or word not in ALWAYS_PARTICLES]
    return " ".join(particles), " ".join(kept)


def _east_asian(text: str) -> tuple[str, str] | None:
    """Family and given name of a name written in Han or Hangul, family first."""
    parts = text.split()
    if len(parts) == 2 and all(HAN.match(part) or HANGUL.match(part) or len(part) == 1 for part in parts):
        if any(unicodedata.category(character) == "Lo" for character in text):
            return parts[0], parts[1]
        return None
    if len(parts) != 1:
        return None
    if HAN.match(text):
        cut = 2 if text[:2] in DOUBLE_HAN_FAMILIES or len(text) >= 4 else 1
        return text[:cut], text[cut:]
    if HANGUL.match(text):
        return text[:1], text[1:]
    return None


def _fold_part(value: str) -> str:
    folded = fold(value)
    if not value.isascii() and (HAN.match(value.strip()) or HANGUL.match(value.strip())):
        return folded.replace(" ", "")
    return folded


def name_key(words: list[str]) -> str:
    """The words of a name in alphabetical order, Mueller as Müller is folded."""
    return " ".join(sorted(UMLAUT.sub(r"\1", word) for word in words))


def _build(
    given: list[str], middle: list[str], family: list[str], suffix: str = "", nickname: str = ""
) -> PersonName:
    particles, core = _split_family(family)
    given = [word for word in given if word]
    key = name_key([*given, *middle, *particles.split(), *core.split()])
    return PersonName(" ".join(given), " ".join(middle), core, particles, suffix, nickname, key)


def _from_full_text(text: str) -> PersonName:
    asian = _east_asian(text)
    if asian:
        family, given = asian
        folded_family = _fold_part(family)
        if HANGUL.match(family) or (len(family) == 1 and "가" <= family <= "힯"):
            folded_family = KOREAN_FAMILIES.get(folded_family, folded_family)
        return _build([_fold_part(given)], [], [folded_family])
    nickname = ""
    found = NICKNAME_IN_NAME.search(text)
    if found and found.start() > 0:
        nickname = fold(found.group(1))
        text = text[: found.start()] + " " + text[found.end() :]
    text = DOTTED.sub(". ", text)
    before, comma, after = text.partition(",")
    if comma:
        tail = fold(after).split()
        if tail and not all(word in SUFFIXES or word in TITLES for word in tail):
            after_words, _, more = after.partition(",")
            given_words = _without_titles(fold(after_words).split())
            given_words, suffix = _without_suffixes(given_words)
            family_words = _without_titles(fold(before).split())
            family_words, family_suffix = _without_suffixes(family_words)
            given_words, trailing = _trailing_particles(given_words)
            suffix = " ".join(part for part in (family_suffix, suffix, fold(more)) if part)
            return _build(given_words[:1], given_words[1:], [*trailing, *family_words], suffix, nickname)
        text = f"{before} {after}"
    raw_words = text.split()
    upper = [word for word in raw_words if len(word) > 1 and word.isupper() and word.isalpha()]
    words = _without_titles(fold(text).split())
    words, suffix = _without_suffixes(words)
    if not words:
        return EMPTY_NAME
    if len(words) == 1:
        return _build([], [], words, suffix, nickname)
    if (
        len(words) == 3
        and PATRONYMIC.search(words[2])
        and not PATRONYMIC.search(words[1])
        and not text.isascii()
    ):
        return _build([words[1]], [words[2]], [words[0]], suffix, nickname)
    if (
        raw_words
        and upper
        and upper[0] == raw_words[0]
        and len(upper) < len(raw_words)
        and len(raw_words) == len(words)
    ):
        count = 0
        while count < len(raw_words) and raw_words[count] in upper:
            count += 1
        if count < len(words) and fold(" ".join(upper)) not in TITLES:
            rest = words[count:]
            return _build(rest[:1], rest[1:], words[:count], suffix, nickname)
    start = len(words) - 1
    if _is_hyphenated_end(raw_words, words):
        start = max(1, len(words) - len(fold(raw_words[-1]).split()))
    while start > 1 and words[start - 1] in PARTICLES and len(words[start - 1]) > 1:
        start -= 1
    return _build(words[:1], words[1:start], words[start:], suffix, nickname)


def _is_hyphenated_end(raw_words: list[str], words: list[str]) -> bool:
    return bool(raw_words) and "-" in raw_words[-1] and words[-1:] == fold(raw_words[-1]).split()[-1:]


def _trailing_particles(words: list[str]) -> tuple[list[str], list[str]]:
    """ "Vries, Jan de" puts the particle behind the given name."""
    cut = len(words)
    while cut > 1 and words[cut - 1] in ALWAYS_PARTICLES:
        cut -= 1
    return words[:cut], words[cut:]


@lru_cache(maxsize=200_000)
def parse_person_name(
    text: str | None = "", *, given: str | None = "", middle: str | None = "", family: str | None = ""
) -> PersonName:
    """A name from its parts, or from one text in any of the usual orders; junk gives an empty name."""
    given_text, middle_text, family_text = (
        text_of(given).strip(),
        text_of(middle).strip(),
        text_of(family).strip(),
    )
    if not given_text and not family_text:
        whole = unicodedata.normalize("NFKC", text_of(text)).strip()
        return _from_full_text(whole) if whole else EMPTY_NAME
    given_words, _ = _without_suffixes(_without_titles(_fold_part(given_text).split()))
    family_words, suffix = _without_suffixes(_without_titles(_fold_part(family_text).split()))
    if not family_words and len(given_words) > 1 and not middle_text:
        return _from_full_text(given_text)
    given_words, trailing = _trailing_particles(given_words)
    return _build(
        given_words[:1],
        [*given_words[1:], *_fold_part(middle_text).split()],
        [*trailing, *family_words],
        suffix,
    )


def normalise_person_name(text: str | None) -> str:
    """The comparable form of a full name: its words in alphabetical order; twice changes nothing."""
    key = parse_person_name(text).key
    while (again := parse_person_name(key).key) != key:
        key = again
    return key
