import re
import unicodedata

LONGEST_NAME = 200
#: What a double click would run; a CRM has no use for it.
_PROGRAMS = frozenset(
    {"exe", "com", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "msi", "msp", "scr",
     "hta", "cpl", "jar", "pif", "lnk", "reg", "app", "dmg", "apk"}
)  # fmt: skip
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/\u202a-\u202e\u2066-\u2069]')


def clean_file_name(name: object) -> str:
    """A name safe to keep and to offer for download: no folders, no control or direction characters."""
    if not isinstance(name, str):
        return ""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    cleaned = _BAD.sub("", last).encode("utf-8", "ignore").decode().strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    if dot and len(cleaned) > LONGEST_NAME:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[:LONGEST_NAME]
    return cleaned[:LONGEST_NAME]


def is_refused_file(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _PROGRAMS
