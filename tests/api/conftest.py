from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from leadhub.adapters.passwords import hash_password
from leadhub.api.app import create_api
from leadhub.db import write_session
from leadhub.domain.actor import Role, system_actor
from leadhub.models import User
from leadhub.queries.actors import forget_actors
from leadhub.serving.gate import Gate
from leadhub.settings import get_settings
from tests.factories import make_user

PASSWORD = "correct horse 42"


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def new_client(database: str) -> Iterator[Callable[..., TestClient]]:
    """Make browsers that stand before the HTTP side and its gate."""
    forget_actors()

    def make(**options: str) -> TestClient:
        return TestClient(
            Gate(create_api(), script_hashes={}),
            base_url="http://leadhub.test",
            follow_redirects=False,
            **options,
        )

    yield make
    forget_actors()
    get_settings.cache_clear()


@pytest.fixture
def client(new_client: Callable[..., TestClient]) -> TestClient:
    return new_client()


@pytest.fixture
def rep(database: str, password_hash: str) -> int:
    return make_user(Role.SALES, email="rep@example.com", name="Rita Rep", password_hash=password_hash)


def deactivate(user_id: int) -> None:
    with write_session(system_actor(), "arrange test") as session:
        session.get_one(User, user_id).active = False
