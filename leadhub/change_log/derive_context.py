from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.models import Account, LookupValue, ProcessVersion


class DeriveContext:
    """What derived columns need from other records, each read once per transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lookups: dict[int, tuple[str, str]] = {}
        self._accounts: dict[int, str] = {}
        self._stages: dict[int, dict[str, int]] = {}

    @classmethod
    def of(cls, session: Session) -> "DeriveContext":
        found: DeriveContext | None = session.info.get("derive")
        if found is None:
            found = session.info["derive"] = cls(session)
        return found

    def lookup_key(self, value_id: int | None) -> str:
        return self._lookup(value_id)[0]

    def lookup_label(self, value_id: int | None) -> str:
        return self._lookup(value_id)[1]

    def _lookup(self, value_id: int | None) -> tuple[str, str]:
        if value_id is None:
            return "", ""
        if value_id not in self._lookups:
            row = self._session.execute(
                select(LookupValue.key, LookupValue.label).where(LookupValue.id == value_id)
            ).one_or_none()
            self._lookups[value_id] = (row.key or "", row.label) if row else ("", "")
        return self._lookups[value_id]

    def load_accounts(self, account_ids: Iterable[int | None]) -> None:
        wanted = sorted({i for i in account_ids if i is not None} - set(self._accounts))
        for start in range(0, len(wanted), 500):
            rows = self._session.execute(
                select(Account.id, Account.name).where(Account.id.in_(wanted[start : start + 500]))
            )
            self._accounts.update({row.id: row.name for row in rows})

    def account_name(self, account_id: int | None) -> str:
        return self._accounts.get(account_id, "") if account_id is not None else ""

    def stage_position(self, version_id: Any, stage_key: str) -> int:
        if version_id not in self._stages:
            definition = self._session.scalar(
                select(ProcessVersion.definition).where(ProcessVersion.id == version_id)
            )
            stages = (definition or {}).get("stages", [])
            self._stages[version_id] = {stage["key"]: place for place, stage in enumerate(stages)}
        return self._stages[version_id].get(stage_key, 0)
