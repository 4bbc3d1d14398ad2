"""Labelled sets: files with any columns become details; the truth becomes a set of pairs."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from leadhub.domain.contact_details import fold
from leadhub.domain.similarity.details import AccountDetails, ContactDetails

Row = Mapping[str, str]
Pair = tuple[str, str]

COLUMN_NAMES = {
    "given_name": [
        "given name", "first name", "firstname", "givenname", "forename", "fname", "vorname",
        "prenom", "nombre", "imya", "first", "given",
    ],
    "middle_name": [
        "middle name", "middlename", "second name", "otchestvo", "patronymic", "mname", "middle",
    ],
    "family_name": [
        "family name", "last name", "lastname", "surname", "familyname", "sname", "lname",
        "nachname", "nom", "apellido", "apellidos", "familiya", "last", "family",
    ],
    "full_name": [
        "full name", "fullname", "contact name", "contact", "person", "person name", "name",
    ],
    "email": [
        "email", "e mail", "email address", "mail", "emails", "email 1", "email work", "work email",
    ],
    "mobile": [
        "mobile", "mobile phone", "cell", "cell phone", "mobile number", "handy",
    ],
    "phone": [
        "phone", "phone number", "telephone", "tel", "telephone number", "phones", "phone 1",
        "work phone", "telefon", "phonenumber",
    ],
    "company": [
        "company", "company name", "account", "account name", "organization", "organisation",
        "employer", "firm", "business name", "firma", "site name", "org name", "legal name",
        "entity name", "title", "brand", "name",
    ],
    "website": [
        "website", "web", "url", "homepage", "domain", "web site", "site",
    ],
    "country": [
        "country", "country code", "nation", "land", "country name",
    ],
    "city": [
        "city", "town", "suburb", "locality", "place", "ort", "stadt", "ville", "ciudad", "gorod",
    ],
    "postcode": [
        "postcode", "post code", "postal code", "zip", "zip code", "zipcode", "plz", "postal",
    ],
    "street": [
        "street", "address", "address 1", "address1", "street address", "addr", "addr1",
        "address line 1", "strasse", "adresse", "street name", "direccion", "street 1",
    ],
    "house_number": [
        "house number", "street number", "housenumber", "hausnummer", "house", "street no",
        "house no",
    ],
    "birth_date": [
        "dob", "date of birth", "birth date", "birthdate", "birthday", "geburtsdatum",
    ],
    "identifier": [
        "soc sec id", "ssn", "national id", "social security number", "nin", "passport", "tax id",
        "tin", "vat", "vat number", "registration number", "inn", "siren", "personal id",
    ],
}  # fmt: skip
CONTACT_FIELDS = [
    "given_name", "middle_name", "family_name", "email", "mobile", "phone", "country", "city", "postcode",
    "house_number", "street", "birth_date", "identifier", "full_name", "company",
]  # fmt: skip
ACCOUNT_FIELDS = [
    "company", "website", "email", "phone", "country", "city", "postcode", "house_number", "street",
    "identifier",
]  # fmt: skip
IGNORED = re.compile(
    r"^(id|.* id|cluster.*|true.*|key|index|row|unnamed.*|source|.*cluster.*|gold.*|label.*|group)$"
)
MANY_VALUES = re.compile(r"\s*(?:\*\*|;|\|)\s*")


@dataclass(frozen=True)
class LabelledSet:
    """Records of one file or two, and the pairs that are the same."""

    name: str
    kind: str
    records: Mapping[str, ContactDetails | AccountDetails]
    truth: frozenset[Pair]
    sides: Mapping[str, int] = field(default_factory=dict)
    note: str = ""

    def is_possible(self, left: str, right: str) -> bool:
        """Between two files only pairs across them count."""
        return not self.sides or self.sides[left] != self.sides[right]


def ordered(left: str, right: str) -> Pair:
    """A pair in a fixed order."""
    return (left, right) if left <= right else (right, left)


def pairs_of_groups(groups: Mapping[str, str]) -> frozenset[Pair]:
    """Record → group as pairs."""
    members = defaultdict(list)
    for record, group in groups.items():
        members[group].append(record)
    return frozenset(ordered(*pair) for found in members.values() for pair in combinations(found, 2))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a delimited file; the delimiter is guessed from the header."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True)
    rows = []
    for row in reader:
        rows.append(
            {
                (key or "").strip(): (value or "").strip()
                for key, value in row.items()
                if isinstance(key, str) and not isinstance(value, list)
            }
        )
    return rows


def header_words(header: str) -> str:
    """A header as folded words; of an address only its last part counts."""
    name = re.sub(r"^.*[#/]", "", header) if "://" in header else header
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r" [lr]$", "", fold(name.replace("_", " ")))


def guess_id(headers: Sequence[str], rows: Sequence[Row]) -> str:
    """The column with a value of its own in each row whose name says id; else the first such column."""
    unique = [
        header
        for header in headers
        if len({row[header] for row in rows}) == len(rows) and all(row[header] for row in rows)
    ]
    named = [
        header
        for header in unique
        if re.search(r"(^|\b)(id|key|index)$", header_words(header)) or header.lower().endswith("id")
    ]
    exact = [header for header in named if header_words(header) in ("id", "rec id", "record id", "unique id")]
    return (exact or named or unique or [""])[0]


def guess_columns(headers: Sequence[str], rows: Sequence[Row], kind: str) -> dict[str, str]:
    """Header → field, from names and then from values."""
    guessed: dict[str, str] = {}
    words = {header: header_words(header) for header in headers}
    for target in CONTACT_FIELDS if kind == "contact" else ACCOUNT_FIELDS:
        names = COLUMN_NAMES[target]
        free = [header for header in headers if header not in guessed]
        for name in names:
            if name == "name" and kind == "contact" and target == "company":
                continue
            hits = [header for header in free if words[header] == name]
            if hits:
                guessed[hits[0]] = target
                break
        else:
            hits = [
                header
                for header in free
                if any(len(name) > 3 and f" {name} " in f" {words[header]} " for name in names)
            ]
            if hits and not IGNORED.match(words[hits[0]]):
                guessed[hits[0]] = target
    for header in headers:
        values = [row[header] for row in rows[:300] if row[header]]
        if header not in guessed and values and sum("@" in value for value in values) > 0.6 * len(values):
            guessed.setdefault(header, "email")
    return guessed


def _many(value: str) -> tuple[str, ...]:
    return tuple(part for part in MANY_VALUES.split(value) if part)


def details_of_row(
    row: Row, columns: Mapping[str, str], kind: str, record_id: str, extras: Iterable[str]
) -> ContactDetails | AccountDetails:
    """One row as details."""
    values = defaultdict(str)
    emails, mobiles, phones = [], [], []
    for header, target in columns.items():
        value = row.get(header, "")
        if value.lower() in ("nan", "null", "none", "n/a"):
            value = ""
        if target == "email":
            emails.extend(_many(value))
        elif target == "mobile":
            mobiles.extend(_many(value))
        elif target == "phone":
            phones.extend(_many(value))
        else:
            values[target] = value
    extra = tuple((header_words(header), row[header]) for header in extras if row.get(header))
    if kind == "contact":
        return ContactDetails(
            record_id=record_id,
            full_name=values["full_name"],
            given_name=values["given_name"],
            middle_name=values["middle_name"],
            family_name=values["family_name"],
            emails=tuple(emails),
            mobile_phones=tuple(mobiles),
            phones=tuple(phones),
            account_name=values["company"],
            country=values["country"],
            city=values["city"],
            postcode=values["postcode"],
            street=values["street"],
            house_number=values["house_number"],
            birth_date=values["birth_date"],
            identifier=values["identifier"],
            extra=extra,
        )
    return AccountDetails(
        record_id=record_id,
        name=values["company"],
        country=values["country"],
        website=values["website"],
        emails=tuple(emails),
        phones=(*phones, *mobiles),
        tin=values["identifier"],
        city=values["city"],
        postcode=values["postcode"],
        street=values["street"],
        house_number=values["house_number"],
        extra=extra,
    )


def useful_extras(
    headers: Sequence[str], rows: Sequence[Row], columns: Mapping[str, str], ignored: Iterable[str]
) -> list[str]:
    """Further columns that may tell records apart: filled often enough and not all the same."""
    found = []
    for header in headers:
        if not header or header in columns or header in ignored or IGNORED.match(header_words(header)):
            continue
        values = [row[header] for row in rows if row[header]]
        if (
            len(values) >= 0.2 * len(rows)
            and len(set(values)) > 1
            and sum(map(len, values)) < 60 * len(values)
        ):
            found.append(header)
    return found


def load_files(
    name: str,
    kind: str,
    left: Path,
    right: Path | None,
    truth: Path | str,
    *,
    mapping: Mapping[str, str] | None = None,
    extras: bool = True,
) -> LabelledSet:
    """A set from files. `truth` is a file of pairs or of record and cluster, or a cluster column's name."""
    records: dict[str, ContactDetails | AccountDetails] = {}
    sides: dict[str, int] = {}
    all_rows: dict[str, Row] = {}
    truth_column = truth if isinstance(truth, str) else ""
    notes = []
    for side, path in enumerate(path for path in (left, right) if path):
        rows = read_rows(path)
        headers = [header for header in rows[0] if header]
        id_column = next(
            (header for header, target in (mapping or {}).items() if target == "id" and header in headers),
            None,
        )
        id_column = id_column or guess_id([header for header in headers if header != truth_column], rows)
        columns = guess_columns(
            [header for header in headers if header not in (id_column, truth_column)], rows, kind
        )
        for header, target in (mapping or {}).items():
            if header in headers and target != "id":
                columns = {
                    known: field
                    for known, field in columns.items()
                    if field != target or target in ("email", "phone")
                }
                columns[header] = target
        columns = {header: target for header, target in columns.items() if target not in ("", "ignore")}
        ignored = {
            id_column,
            truth_column,
            *(header for header, target in (mapping or {}).items() if target in ("", "ignore")),
        }
        extra_headers = useful_extras(headers, rows, columns, ignored) if extras else []
        notes.append(
            f"id={id_column} "
            + " ".join(f"{header}→{target}" for header, target in columns.items())
            + f" extra={extra_headers}"
        )
        for number, row in enumerate(rows):
            own = row[id_column] if id_column else str(number)
            record = f"{side}:{own}" if right else own
            records[record] = details_of_row(row, columns, kind, record, extra_headers)
            all_rows[record] = row
            if right:
                sides[record] = side
    if truth_column:
        pairs = pairs_of_groups(
            {record: row[truth_column] for record, row in all_rows.items() if row.get(truth_column)}
        )
    else:
        pairs = read_truth(Path(truth), set(records), bool(right)) if truth else frozenset()
    if right:
        pairs = frozenset(pair for pair in pairs if sides[pair[0]] != sides[pair[1]])
    return LabelledSet(name, kind, records, pairs, sides, "; ".join(notes))


def read_truth(path: Path, known: set[str], two_files: bool) -> frozenset[Pair]:
    """Pairs (two columns that hold record ids) or clusters (one such column and a group)."""
    rows = read_rows(path)
    headers = list(rows[0])

    def hits(header: str, side: int) -> int:
        prefix = f"{side}:" if two_files else ""
        return sum(prefix + row[header] in known for row in rows[:2000])

    scored = [[hits(header, side) for header in headers] for side in ((0, 1) if two_files else (0, 0))]
    good = 0.9 * min(len(rows), 2000)
    first = [header for header, score in zip(headers, scored[0], strict=True) if score >= good]
    second = [header for header, score in zip(headers, scored[1], strict=True) if score >= good]
    label = next(
        (
            header
            for header in headers
            if header_words(header) in ("label", "match", "is match", "clerical match score")
        ),
        "",
    )
    rows = [row for row in rows if not label or row[label].lower() not in ("0", "0.0", "false", "no", "n")]
    options = [(one, other) for one in first for other in second if headers.index(one) < headers.index(other)]
    paired = [
        option
        for option in options
        if not {header_words(header) for header in option} & {"cluster", "cluster id", "group"}
    ]
    if paired:
        one, other = paired[0]
        left, right = ("0:", "1:") if two_files else ("", "")
        found = {ordered(left + row[one], right + row[other]) for row in rows if row[one] and row[other]}
        return frozenset(
            pair for pair in found if pair[0] != pair[1] and pair[0] in known and pair[1] in known
        )
    id_header = (first or second or headers)[0]
    group = next(header for header in headers if header not in (id_header, label))
    groups = {}
    for row in rows:
        for record in (f"0:{row[id_header]}", f"1:{row[id_header]}") if two_files else (row[id_header],):
            if record in known:
                groups[record] = row[group]
    return pairs_of_groups(groups)
