import re
from dataclasses import dataclass
from functools import lru_cache

from leadhub.domain.contact_details.text import text_of
from leadhub.domain.data import word_list

ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]@]+@[^\s<>,;:\"()\[\]@]+")
GMAIL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
FREE_MAIL_DOMAINS = word_list("free_mail_domains")
SHARED_MAILBOXES = word_list("shared_mailboxes")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """One address: as typed, and in the form two spellings of one mailbox share."""

    typed: str
    normal: str
    mailbox: str
    domain: str

    @property
    def is_free_mail(self) -> bool:
        """A provider's domain says nothing about the person's company."""
        return self.domain in FREE_MAIL_DOMAINS

    @property
    def is_shared_mailbox(self) -> bool:
        """info@ and sales@ are read by several people."""
        return self.mailbox in SHARED_MAILBOXES


def normal_domain(text: str) -> str:
    """A domain in lower case and in its ASCII (IDNA) form."""
    domain = text.strip().strip(".").lower()
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return domain
    return "gmail.com" if domain == "googlemail.com" else domain


@lru_cache(maxsize=100_000)
def parse_email(text: str | None) -> EmailAddress | None:
    """The first address in the text, or None. The stored value is never changed by this."""
    typed = text_of(text)
    if "@" not in typed:
        return None
    found = ADDRESS.search(typed)
    if found is None:
        return None
    mailbox, _, domain = found.group().rpartition("@")
    domain = normal_domain(domain)
    mailbox = mailbox.strip(".").lower()
    if "+" in mailbox[1:]:
        mailbox = mailbox[: mailbox.index("+", 1)]
    if domain in GMAIL_DOMAINS:
        mailbox = mailbox.replace(".", "")
    if not mailbox or not domain:
        return None
    return EmailAddress(typed=typed, normal=f"{mailbox}@{domain}", mailbox=mailbox, domain=domain)


def normalise_email(text: str | None) -> str:
    """The normal form, or the empty text."""
    address = parse_email(text)
    return address.normal if address else ""
