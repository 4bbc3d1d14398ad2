from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one uploaded table may cost; more is refused before it is read."""

    file_bytes: int = 256 * MEBIBYTE
    inflated_bytes: int = 2048 * MEBIBYTE
    shared_strings_bytes: int = 256 * MEBIBYTE
    columns: int = 1_000
    line_bytes: int = 8 * MEBIBYTE


DEFAULT_LIMITS = Limits()
