"""Blocking keys: records that may be the same share at least one. 64 bits, for any database's index."""

from hashlib import blake2b

from leadhub.domain.contact_details import CompanyName, PersonName, completed_name, other_forms, sound_key
from leadhub.domain.contact_details.company_names import GENERIC_WORDS
from leadhub.domain.similarity.details import (
    AccountDetails,
    AccountProfile,
    ContactDetails,
    ContactProfile,
    LeadDetails,
    LeadProfile,
    account_profile,
    contact_profile,
    lead_profile,
)

KEY_VERSION = 1
MOST_IDS_PER_KEY = 100
MOST_TOKENS = 6


def hashed(kind: str, value: str) -> int:
    """A signed 64-bit number for one kind of key and one value."""
    return int.from_bytes(
        blake2b(f"{kind}:{value}".encode(errors="replace"), digest_size=8).digest(), "big", signed=True
    )


def _hashed_all(pairs: list[tuple[str, str]]) -> tuple[int, ...]:
    return tuple({hashed(kind, value): None for kind, value in pairs})


def _name_pairs(given: str, family: str) -> list[tuple[str, str]]:
    """Keys of one orientation of a name; each survives one typing error in the part it leaves out."""
    pairs = []
    if given and family:
        first, last = sound_key(given), sound_key(family)
        pairs.append(("n", "|".join(sorted((first, last)))))
        pairs.append(("fi", f"{family[:5]}|{given[0]}"))
        pairs.append(("gf", f"{given}|{family[:2]}"))
        pairs.append(("gs", f"{first}|{family[-3:]}"))
    elif family or given:
        pairs.append(("n1", sound_key(family or given)))
    return pairs


def _person_parts(name: PersonName) -> tuple[str, str]:
    given = name.given.split(" ", 1)[0]
    return given, name.family.replace(" ", "")


def _contact_pairs(profile: ContactProfile) -> list[tuple[str, str]]:
    name, company = profile.name, profile.company
    given, family = _person_parts(name)
    pairs = _name_pairs(given, family)
    family_words = name.family.split()
    if len(family_words) > 1 and given:
        pairs.extend(
            ("n", "|".join(sorted((sound_key(given), sound_key(word))))) for word in family_words[:3]
        )
    if family and given:
        pairs.append(("n1", sound_key(family)))
    elif profile.emails:
        pairs.extend(_name_pairs(*_person_parts(completed_name(name, profile.emails))))
    for email in profile.emails:
        pairs.append(("e", email.normal))
        if not email.is_shared_mailbox and len(email.mailbox) >= 4:
            pairs.append(("m", email.mailbox))
        if not email.is_free_mail:
            if family:
                pairs.append(("ds", f"{email.domain}|{sound_key(family)}"))
            if given:
                pairs.append(("di", f"{email.domain}|{given[0]}"))
    pairs.extend(("p", number.last9) for number in profile.phones)
    if company.core:
        if family:
            pairs.append(("cf", f"{company.compact}|{family[0]}"))
        if given:
            pairs.append(("cg", f"{company.compact}|{given[0]}"))
    if profile.birth_date:
        pairs.append(("b", profile.birth_date))
    if profile.identifier:
        pairs.append(("id", profile.identifier))
    address = profile.address
    if address.postcode and address.house_number:
        pairs.append(("ah", f"{address.postcode}|{address.house_number}"))
    if address.street and address.house_number:
        pairs.append(("as", f"{address.street}|{address.house_number}"))
    return pairs


def contact_keys(details: ContactDetails) -> tuple[int, ...]:
    """The keys to store with a contact. An empty value gives no key."""
    return _hashed_all(_contact_pairs(contact_profile(details)))


def contact_query_keys(details: ContactDetails) -> tuple[int, ...]:
    """The keys to look up for a contact: its own, the swapped name's and those of the name's other forms."""
    profile = contact_profile(details)
    given, family = _person_parts(profile.name)
    pairs = _contact_pairs(profile)
    if given and family:
        pairs.extend(_name_pairs(family, given))
        sound = sound_key(family)
        for form in other_forms(given):
            pairs.append(("n", "|".join(sorted((sound_key(form), sound)))))
        middle = profile.name.middle.split()
        pairs.extend(("n", "|".join(sorted((sound_key(given), sound_key(word))))) for word in middle[:2])
    return _hashed_all(pairs)


def _company_pairs(name: CompanyName) -> list[tuple[str, str]]:
    compact = name.compact
    if not compact:
        return []
    pairs = [("k", compact), ("kt", " ".join(sorted(name.tokens)))]
    for token in name.tokens[:MOST_TOKENS]:
        if token in GENERIC_WORDS or len(token) < 3:
            continue
        pairs.extend((("t", token), ("ts", sound_key(token))))
        if len(token) >= 6:
            pairs.extend((("t5", token[:5]), ("t-5", token[-5:])))
    if len(compact) >= 5:
        pairs.extend((("k6", compact[:6]), ("k-6", compact[-6:])))
    pairs.append(("ks", sound_key(compact)))
    if len(name.tokens) > 1:
        ends = sorted(token[0] + token[-1] for token in name.tokens[:MOST_TOKENS])
        pairs.append(("fl", " ".join(ends)))
    if len(name.initials) >= 3:
        pairs.append(("k", name.initials))
    return pairs


def _account_pairs(profile: AccountProfile) -> list[tuple[str, str]]:
    pairs = _company_pairs(profile.name)
    for other in profile.other_names:
        pairs.extend(_company_pairs(other))
    pairs.extend(("h", host) for host in profile.hosts)
    pairs.extend(("e", email.normal) for email in profile.emails)
    pairs.extend(("p", number.last9) for number in profile.phones)
    if profile.tin:
        pairs.append(("id", profile.tin))
    address = profile.address
    if address.street and address.house_number:
        pairs.append(("as", f"{address.street}|{address.house_number}"))
    return pairs


def account_keys(details: AccountDetails) -> tuple[int, ...]:
    """The keys to store with an account, also to look up; rank hits by how rare their keys are."""
    return _hashed_all(_account_pairs(account_profile(details)))


def _lead_pairs(profile: LeadProfile) -> list[tuple[str, str]]:
    details = profile.details
    pairs = []
    if details.contact_id is not None:
        pairs.append(("lc", str(details.contact_id)))
    if details.account_id is not None:
        pairs.append(("la", str(details.account_id)))
    pairs.extend(("le", email.normal) for email in profile.emails)
    pairs.extend(("lp", number.last9) for number in profile.phones)
    given, family = _person_parts(profile.contact_name)
    company = profile.account_name
    if company.core:
        pairs.append(("lk", company.compact))
        person = "|".join(sorted(sound_key(part) for part in (given, family) if part))
        if person:
            pairs.append(("ln", person))
            pairs.extend(
                ("lt", f"{sound_key(token)}|{sound_key(family)}") for token in company.telling_tokens[:3]
            )
            pairs.append(("l6", f"{company.compact[:5]}|{family[:1]}"))
    return pairs


def lead_keys(details: LeadDetails) -> tuple[int, ...]:
    """The keys that leads share which a similar-leads rule may call similar."""
    return _hashed_all(_lead_pairs(lead_profile(details)))
