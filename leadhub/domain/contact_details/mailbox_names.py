import re
from dataclasses import replace
from functools import lru_cache

from leadhub.domain.contact_details.emails import EmailAddress
from leadhub.domain.contact_details.person_names import PersonName, name_key

SEPARATORS = re.compile(r"[^a-z]+")
LEAST_PART = 3


@lru_cache(maxsize=50_000)
def _parts_from_mailbox(mailbox: str, given: str, family: str) -> tuple[str, str]:
    words = [word for word in SEPARATORS.split(mailbox) if word]
    joined = "".join(words)
    if not joined or (given and family):
        return given, family
    if not given and not family:
        is_name = len(words) == 2 and max(map(len, words)) >= LEAST_PART and len(joined) > LEAST_PART
        return (words[0], words[1]) if is_name else ("", "")
    known = given or family
    other = ""
    if len(words) > 1:
        if words[0] in (known, known[0]):
            other = words[-1]
        elif words[-1] in (known, known[0]):
            other = words[0]
    elif joined.startswith(known):
        other = joined[len(known) :]
    elif joined.endswith(known):
        other = joined[: -len(known)]
    elif given and joined[0] == given[0] and len(joined) > LEAST_PART + 1:
        other = joined[1:]
    if len(other) == 2:
        other = ""
    return (given, other) if given else (other, family)


def completed_name(name: PersonName, emails: tuple[EmailAddress, ...]) -> PersonName:
    """The name with a missing part read from a mailbox such as j.fisher or jackson.fisher; else unchanged.

    A name of one word may be either part, so both readings are tried.
    """
    given, family = name.given.split(" ", 1)[0], name.family.replace(" ", "")
    if given and family:
        return name
    for email in emails:
        if email.is_shared_mailbox:
            continue
        for one, other in dict.fromkeys(((given, family), (family, given))):
            found, rest = _parts_from_mailbox(email.mailbox, one, other)
            if found and rest:
                return replace(name, given=found, family=rest, key=name_key([found, rest]))
    return name
