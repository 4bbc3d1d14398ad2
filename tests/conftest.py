from collections.abc import Iterable

import pytest

pytest_plugins = ["tests.external"]


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Keep a file's tests in one xdist worker, and all journeys in one: a server and a browser are enough."""
    for item in items:
        browser = "tests/e2e/" in item.nodeid
        if browser:
            item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser" if browser else item.nodeid.partition("::")[0]))
