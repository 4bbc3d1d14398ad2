"""Made sets of persons and companies from many countries and scripts, damaged as real lists are."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from bench.matching_sets import LabelledSet, pairs_of_groups
from leadhub.domain.contact_details import fold
from leadhub.domain.similarity.details import AccountDetails, ContactDetails

NAMES = json.loads((Path(__file__).parent / "made_names.json").read_text("utf-8"))
PEOPLE, CITIES, PREFIXES = NAMES["people"], NAMES["cities"], NAMES["prefixes"]
WORDS, TRADES, FORMS = NAMES["words"], NAMES["trades"], NAMES["forms"]


def _typo(chooser: random.Random, text: str) -> str:
    if len(text) < 4:
        return text
    place = chooser.randrange(1, len(text) - 1)
    kind = chooser.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    letter = chooser.choice("aeinorst") if text.isascii() else text[place - 1]
    return text[:place] + letter + text[place + (kind == 2) :]


def _phone(chooser: random.Random, country: str) -> str:
    prefix = PREFIXES[country]
    return prefix + "".join(chooser.choice("0123456789") for _ in range(7 if len(prefix) > 5 else 8))


def _rewritten_phone(chooser: random.Random, number: str) -> str:
    if chooser.random() < 0.4:
        return number
    if chooser.random() < 0.5:
        return (
            "00" + number[1:4] + " " + " ".join(number[4 + i : 7 + i] for i in range(0, len(number) - 4, 3))
        )
    return f"{number[:3]} ({number[3:6]}) {number[6:9]}-{number[9:]}"


def _family(chooser: random.Random, families: list[str]) -> str:
    """One of the names, or the front of one with the end of another, so that there are enough of them."""
    one, other = chooser.choice(families), chooser.choice(families)
    if min(len(one), len(other)) < 4 or chooser.random() < 0.15:
        return one
    return one[: (len(one) + 1) // 2] + other[len(other) // 2 :].lower()


def _damaged_person(
    chooser: random.Random, person: dict[str, str], other_form: Callable[[str], str]
) -> dict[str, str]:
    copy = dict(person)
    roll = chooser.random
    if roll() < 0.25:
        copy["given"], copy["family"] = fold(copy["given"]).title(), fold(copy["family"]).title()
    for part in ("given", "family"):
        if roll() < 0.22:
            copy[part] = _typo(chooser, copy[part])
    if roll() < 0.12:
        copy["given"] = other_form(copy["given"])
    if roll() < 0.06:
        copy["given"] = copy["given"][:1] + "."
    if roll() < 0.08:
        copy["given"], copy["family"] = copy["family"], copy["given"]
    copy["phone"] = _rewritten_phone(chooser, copy["phone"]) if roll() < 0.7 else ""
    if roll() < 0.1:
        copy["phone"] = _phone(chooser, copy["country"])
    if roll() < 0.35:
        copy["email"] = ""
    elif roll() < 0.2:
        copy["email"] = _typo(chooser, copy["email"].split("@")[0]) + "@" + copy["email"].split("@")[1]
    elif roll() < 0.2:
        copy["email"] = fold(copy["given"]).replace(" ", "")[:6] + str(chooser.randrange(99)) + "@gmail.com"
    if roll() < 0.4:
        copy["company"] = ""
    elif roll() < 0.3:
        copy["company"] = copy["company"].rsplit(" ", 1)[0].upper()
    if roll() < 0.25:
        copy["city"] = ""
    elif roll() < 0.2:
        copy["city"] = fold(copy["city"]).title()
    return copy


def made_contacts(number: int = 2500, seed: int = 11) -> LabelledSet:
    """Persons of twelve countries; about a third occur twice or more, the copies damaged."""
    from leadhub.domain.contact_details import other_forms

    chooser = random.Random(seed)

    def other_form(given: str) -> str:
        forms = other_forms(fold(given))
        return chooser.choice(forms[:4]).title() if forms else given

    records, groups = {}, {}
    for group in range(number):
        country = chooser.choice(list(PEOPLE))
        given_names, families = PEOPLE[country]
        person = {
            "given": chooser.choice(given_names),
            "family": _family(chooser, families),
            "country": country,
        }
        words = (
            chooser.choice(WORDS),
            chooser.choice(TRADES),
            chooser.choice(FORMS.get(country, ["Ltd"])),
        )
        person["company"] = " ".join(words)
        latin = fold(person["given"]).replace(" ", "."), fold(person["family"]).replace(" ", "")
        person["email"] = f"{latin[0]}.{latin[1]}{group % 7}@{fold(words[0])}-{fold(words[1])}.example"
        person["phone"] = _phone(chooser, country)
        person["city"] = chooser.choice(CITIES[country])
        copies = [person]
        while chooser.random() < 0.3 and len(copies) < 4:
            copies.append(_damaged_person(chooser, person, other_form))
        for copy in copies:
            record = f"p{len(records):05d}"
            is_whole = chooser.random() < 0.3
            records[record] = ContactDetails(
                record_id=record,
                full_name=f"{copy['family']}, {copy['given']}" if is_whole else "",
                given_name="" if is_whole else copy["given"],
                family_name="" if is_whole else copy["family"],
                emails=(copy["email"],) if copy["email"] else (),
                phones=(copy["phone"],) if copy["phone"] else (),
                account_name=copy["company"],
                country=copy["country"],
                city=copy["city"],
            )
            groups[record] = str(group)
    return LabelledSet("made persons", "contact", records, pairs_of_groups(groups))


def made_accounts(number: int = 2000, seed: int = 12) -> LabelledSet:
    """Companies of ten countries; about a third occur twice or more, the copies damaged."""
    chooser = random.Random(seed)
    records, groups = {}, {}
    for group in range(number):
        country = chooser.choice(list(FORMS))
        form = chooser.choice(FORMS[country])
        words = [*chooser.sample(WORDS, chooser.choice((1, 2, 2))), chooser.choice(TRADES)]
        if chooser.random() < 0.3:
            words.append(chooser.choice(CITIES[country]))
        host = "".join(fold(word) for word in words[:2])
        company = {
            "name": f"{form} «{' '.join(words)}»" if country == "RU" else f"{' '.join(words)} {form}",
            "website": f"https://www.{host}{group % 5 or ''}.com",
            "phone": _phone(chooser, country),
            "city": chooser.choice(CITIES[country]),
        }
        copies = [company]
        while chooser.random() < 0.3 and len(copies) < 4:
            copy = dict(company)
            changed = list(words)
            roll = chooser.random
            if roll() < 0.4:
                place = chooser.randrange(len(changed))
                changed[place] = _typo(chooser, changed[place])
            if roll() < 0.15:
                place = chooser.randrange(len(changed))
                changed[place] = _typo(chooser, changed[place])
            if roll() < 0.1:
                chooser.shuffle(changed)
            if roll() < 0.1 and len(changed) > 2:
                changed.pop()
            copy["name"] = " ".join(changed)
            if roll() < 0.6:
                copy["name"] += " " + chooser.choice(FORMS[country])
            if roll() < 0.3:
                copy["name"] = fold(copy["name"]).upper()
            copy["website"] = f"{host}{group % 5 or ''}.com/contact" if roll() < 0.35 else ""
            copy["phone"] = _rewritten_phone(chooser, company["phone"]) if roll() < 0.35 else ""
            copy["city"] = company["city"] if roll() < 0.6 else ""
            copies.append(copy)
        for copy in copies:
            record = f"a{len(records):05d}"
            records[record] = AccountDetails(
                record_id=record,
                name=copy["name"],
                country=country,
                website=copy["website"],
                phones=(copy["phone"],) if copy["phone"] else (),
                city=copy["city"],
            )
            groups[record] = str(group)
    return LabelledSet("made companies", "account", records, pairs_of_groups(groups))
