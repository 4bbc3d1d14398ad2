from pathlib import Path

from alembic import command
from alembic.config import Config

from leadhub.db import get_engine

_ROOT = Path(__file__).resolve().parents[2]


def alembic_config() -> Config:
    config = Config(str(_ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(_ROOT / "alembic"))
    return config


def migrate_database(revision: str = "head") -> None:
    """Bring this process's database to a revision of the schema (or back: pass an older one)."""
    engine = get_engine()
    with engine.connect().execution_options(leadhub_writes=True) as connection, connection.begin():
        config = alembic_config()
        config.attributes["connection"] = connection
        if revision == "head":
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)
