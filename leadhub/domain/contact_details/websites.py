import ipaddress
import re
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from leadhub.domain.contact_details.emails import normal_domain
from leadhub.domain.contact_details.text import text_of
from leadhub.domain.data import word_list

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/*", re.IGNORECASE)
HOST = re.compile(r"^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$")
SHARED_HOSTS = word_list("shared_hosts")


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=100_000)
def parse_website(text: str | None) -> str:
    """The registrable host (example.co.uk); of a shared host (linkedin.com) host and page; else empty."""
    address = text_of(text).strip()
    if not address or "@" in address.split("/", 3)[0]:
        return ""
    without_scheme = SCHEME.sub("", address, count=1) if "//" in address or ":" not in address else address
    host, _, path = without_scheme.replace("\\", "/").partition("/")
    host = normal_domain(host.partition("?")[0].partition("#")[0].partition(":")[0])
    if not HOST.match(host):
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return host
    registrable = _suffixes().privatesuffix(host)
    if not registrable:
        return ""
    if registrable in SHARED_HOSTS:
        page = path.partition("?")[0].partition("#")[0].strip("/").lower()
        return f"{registrable}/{page}" if page else ""
    return registrable
