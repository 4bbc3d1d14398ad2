"""Password hashes: argon2id with the memory-light parameters that OWASP names, a few at a time."""

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each takes 19 MiB: a flood of sign-ins must not.
_turns = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right; takes as long for a user without one, or for none at all."""
    with _turns:
        try:
            return _hasher.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
        except (Argon2Error, InvalidHashError, UnicodeEncodeError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@lru_cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
