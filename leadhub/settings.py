import ipaddress
from functools import lru_cache
from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The environment, read once. Refuses to start unsafe."""

    model_config = SettingsConfigDict(env_prefix="LEADHUB_", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    web_workers: int = Field(default=1, ge=1, le=64)
    demo: bool = False
    public_url: str = ""
    session_days: int = Field(default=14, ge=1, le=365)
    max_upload_mb: int = Field(default=100, ge=1, le=2000)
    max_attachment_mb: int = Field(default=25, ge=1, le=500)
    base_currency: str = "EUR"
    smtp_url: str = ""
    mail_from: str = "leadhub@localhost"

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> "Settings":
        if self.demo and not self.host_is_loopback:
            raise ValueError(
                f"LEADHUB_DEMO signs anybody in: it may listen on loopback only, not on {self.host}"
            )
        if self.web_workers > 1 and not self.redis_url:
            raise ValueError(
                f"LEADHUB_WEB_WORKERS is {self.web_workers}: several web workers need LEADHUB_REDIS_URL"
            )
        if self.database_url and not self.database_url.startswith(("sqlite", "postgresql")):
            raise ValueError("LEADHUB_DATABASE_URL must begin with sqlite or postgresql")
        if len(self.base_currency) != 3 or not self.base_currency.isupper():
            raise ValueError("LEADHUB_BASE_CURRENCY must be a three-letter code such as EUR")
        return self

    @property
    def host_is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def sqlalchemy_url(self) -> str:
        """The database address with the driver that LeadHub ships."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'leadhub.db').absolute()}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def attachments_dir(self) -> Path:
        return self.data_dir / "attachments"

    @property
    def imports_dir(self) -> Path:
        return self.data_dir / "imports"


@lru_cache
def get_settings() -> Settings:
    return Settings()
