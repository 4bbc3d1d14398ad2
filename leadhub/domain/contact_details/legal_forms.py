import re
import unicodedata
from functools import lru_cache

from leadhub.domain.contact_details.text import fold
from leadhub.domain.data import data_lines, word_list

NATIVE_FORMS = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|\(株\)|\(有\)|股份有限公司|股份公司|有限責任公司|有限责任公司|有限公司|"
    r"주식회사|유한회사|유한책임회사|\(주\)|\(유\)|בע[\"״']?מ|ش\.?\s?م\.?\s?م\.?|ش\.?م\.?ل\.?|ذ\.?م\.?م\.?|จำกัด|บริษัท|มหาชน"
)
CONNECTORS = frozenset({"and", "und", "et", "og", "och", "en", "ja", "ve"})
LEADING_FORMS = word_list("leading_legal_forms")
SHORT_CONNECTORS = frozenset({"y", "e", "i", "n"})


def joined_initials(words: list[str]) -> list[str]:
    """["s", "p", "a"] becomes ["spa"]; a lone letter stays."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and not word.isdigit():
            run.append(word)
            continue
        if run:
            joined.append("".join(run))
            run = []
        if word:
            joined.append(word)
    return joined


def company_words(text: str) -> list[str]:
    """Folded words of a company name; "&" and "+" become "and", dotted forms are joined."""
    if not text.isascii():
        text = NATIVE_FORMS.sub(" ", unicodedata.normalize("NFKC", text))
    if "&" in text:
        text = text.replace("&amp;", "&").replace("&", " and ")
    if "/" in text:
        text = re.sub(r"\b([A-Za-z])/([A-Za-z])\b", r"\1\2", text)
    if "+" in text:
        text = text.replace("+", " and ")
    return joined_initials(fold(text).split())


@lru_cache(maxsize=1)
def _forms() -> tuple[
    dict[str, frozenset[tuple[str, ...]]], dict[str, frozenset[tuple[str, ...]]], frozenset[str]
]:
    """Forms by their last word, forms by their first word, and the single words that are a form anywhere."""
    by_last: dict[str, set[tuple[str, ...]]] = {}
    by_first: dict[str, set[tuple[str, ...]]] = {}
    anywhere: set[str] = set()
    for line in data_lines("legal_forms"):
        is_anywhere = line.startswith("*")
        words = tuple(line.lstrip("*").split())
        by_last.setdefault(words[-1], set()).add(words)
        if len(words) > 1 or words[0] in LEADING_FORMS:
            by_first.setdefault(words[0], set()).add(words)
        if is_anywhere:
            anywhere.add(words[0])
    return (
        {last: frozenset(found) for last, found in by_last.items()},
        {first: frozenset(found) for first, found in by_first.items()},
        frozenset(anywhere),
    )


def split_legal_form(words: list[str]) -> tuple[list[str], list[str]]:
    """The words of a name without its legal forms, and those forms; a name that is only a form keeps it."""
    by_last, by_first, anywhere = _forms()
    core, removed = list(words), []
    while core:
        best = 0
        for form in by_last.get(core[-1], ()):
            size = len(form)
            if best < size < len(core) and tuple(core[-size:]) == form:
                best = size
        if best:
            removed = [*core[-best:], *removed]
            core = core[:-best]
            continue
        if len(core) > 1 and core[-1] in CONNECTORS:
            core = core[:-1]
            continue
        break
    while core:
        best = 0
        for form in by_first.get(core[0], ()):
            size = len(form)
            if best < size < len(core) and tuple(core[:size]) == form:
                best = size
        if not best:
            break
        removed = [*core[:best], *removed]
        core = core[best:]
    if len(core) > 2:
        inner = [word for index, word in enumerate(core) if index == 0 or word not in anywhere]
        if inner:
            removed = [*removed, *(word for word in core[1:] if word in anywhere)]
            core = inner
    return core, removed
