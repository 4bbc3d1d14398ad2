from dataclasses import dataclass


@dataclass(frozen=True)
class PersonParts:
    first: str
    middle: str
    last: str


def split_person_name(name: str) -> PersonParts:
    """A full name as typed, in its parts as typed: "Nguyen, Maria" and "Maria Nguyen" alike.

    For filling the fields of a new contact; matching compares `contact_details.parse_person_name`.
    """
    last, comma, rest = (part.strip() for part in name.partition(","))
    if comma and rest:
        words = rest.split()
        return PersonParts(words[0], " ".join(words[1:]), last)
    words = name.split()
    if len(words) < 2:
        return PersonParts(name.strip(), "", "")
    return PersonParts(words[0], " ".join(words[1:-1]), words[-1])
