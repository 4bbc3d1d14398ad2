"""Text that a spreadsheet would run as a formula, made safe in CSV and restored on reading."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROLS = dict.fromkeys((*(code for code in range(32) if chr(code) not in "\t\n\r"), 0xFFFE, 0xFFFF))


def escape_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that could be gets an apostrophe before it."""
    return f"'{text}" if _could_run(text) else text


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` was given."""
    return text[1:] if text[:1] == "'" and _could_run(text[1:]) else text


def clean_text(text: str) -> str:
    """Without lone surrogates and control characters, which no spreadsheet holds."""
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def _could_run(text: str) -> bool:
    return text.lstrip("' \u00a0\ufeff").startswith(_FORMULA_STARTS)
