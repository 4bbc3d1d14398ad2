"""What a person's e-mail, name and password must look like."""

from leadhub.domain.errors import InvalidInput

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_EMAIL = 254
LONGEST_NAME = 120


def parse_email(text: object, *, field: str = "email") -> str:
    """Return the address in lower case. Raises InvalidInput."""
    email = text.strip().casefold() if isinstance(text, str) else ""
    local, at, host = email.rpartition("@")
    if not at or not local or "." not in host or len(email) > LONGEST_EMAIL or not email.isprintable():
        raise InvalidInput("people.email_invalid", field=field)
    if any(character.isspace() for character in email) or "@" in local:
        raise InvalidInput("people.email_invalid", field=field)
    return email


def parse_name(text: object, *, field: str = "name") -> str:
    """Return the name with single spaces. Raises InvalidInput."""
    name = " ".join(text.split()) if isinstance(text, str) else ""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput("people.name_invalid", field=field, maximum=LONGEST_NAME)
    return name


def check_password(password: object, *, email: str, name: str, field: str = "password") -> str:
    """Return the password if it is good enough. Raises InvalidInput."""
    if not isinstance(password, str) or len(password) < SHORTEST_PASSWORD:
        raise InvalidInput("people.password_too_short", field=field, minimum=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise InvalidInput("people.password_too_long", field=field, maximum=LONGEST_PASSWORD)
    folded = password.casefold()
    guessable = {email.casefold(), email.partition("@")[0].casefold(), name.casefold().replace(" ", "")}
    if folded.replace(" ", "") in guessable or len(set(folded)) < 4 or folded in _WORN:
        raise InvalidInput("people.password_guessable", field=field)
    return password


_WORN = frozenset(
    word
    for line in (
        "1234567890 0123456789 12345678910 123456789012 1q2w3e4r5t qwertyuiop qwerty12345 password12",
        "password123 password1234 passwordpassword iloveyou12 letmein123 welcome123 changeme123",
        "administrator admin12345 leadhub123 leadhubleadhub",
    )
    for word in line.split()
)
