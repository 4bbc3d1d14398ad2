from functools import lru_cache

from leadhub.domain.contact_details.text import fold, text_of

SHORT_NAMES = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "great britain": "GB",
    "northern ireland": "GB",
    "usa": "US",
    "u s a": "US",
    "united states of america": "US",
    "america": "US",
    "uae": "AE",
    "holland": "NL",
    "the netherlands": "NL",
    "russian federation": "RU",
    "rossiyskaya federatsiya": "RU",
    "korea": "KR",
    "republic of korea": "KR",
    "prc": "CN",
    "czech republic": "CZ",
    "brd": "DE",
    "turkey": "TR",
    "viet nam": "VN",
    "ivory coast": "CI",
}


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    from phonenumbers.geodata.locale import LOCALE_DATA

    codes: dict[str, str] = {}
    for code, names in LOCALE_DATA.items():
        for name in names.values():
            if not name.startswith("*"):
                codes.setdefault(fold(name), code)
    codes.update(SHORT_NAMES)
    codes.pop("", None)
    return codes


@lru_cache(maxsize=10_000)
def country_code(text: str | None) -> str:
    """ISO 3166 alpha-2 from a code or from the country's name in any of its common languages, or empty."""
    value = text_of(text).strip()
    if len(value) == 2 and value.isascii() and value.isalpha():
        return "GB" if value.upper() == "UK" else value.upper()
    return _codes_by_name().get(fold(value), "") if value else ""
