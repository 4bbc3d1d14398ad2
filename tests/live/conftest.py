import pytest

from leadhub.settings import get_settings


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADHUB_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LEADHUB_REDIS_URL", "")
    get_settings.cache_clear()
    yield tmp_path
    get_settings.cache_clear()
