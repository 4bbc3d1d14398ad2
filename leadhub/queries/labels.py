"""The names behind ids, of the small tables: kept per process, asked again when one of them changed."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Engine, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from leadhub.domain.process.definition import ProcessDefinition, Stage
from leadhub.models import BusinessGroup, LeadType, LookupValue, ProcessVersion, Unit, User
from leadhub.statements.processes import process_of


@dataclass
class Labels:
    """Labels by id. Unknown ids read as ""."""

    lookups: Mapping[int, str] = field(default_factory=dict)
    users: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    lead_types: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Id → key and label."""
    processes: Mapping[int, ProcessDefinition] = field(default_factory=dict)
    type_versions: Mapping[int, int] = field(default_factory=dict)
    """Lead type → the process version that new leads get."""
    buttons: dict[tuple[int, str, bool, bool], str] = field(default_factory=dict)
    """(Version, stage, awaits acceptance, may accept) → process button, filled as asked."""

    def stage(self, version_id: int, key: str) -> Stage | None:
        definition = self.processes.get(version_id)
        return definition.find_stage(key) if definition is not None else None

    def stage_label(self, version_id: int, key: str) -> str:
        stage = self.stage(version_id, key)
        return stage.label if stage is not None else key

    def users_by_name(self) -> list[int]:
        return sorted(self.users, key=lambda user_id: (self.users[user_id].casefold(), user_id))


_SOURCES: tuple[tuple[str, Any, ColumnElement[str]], ...] = (
    ("lookups", LookupValue, LookupValue.label),  # type: ignore[arg-type]
    ("users", User, User.name),  # type: ignore[arg-type]
    ("units", Unit, Unit.name),  # type: ignore[arg-type]
    ("groups", BusinessGroup, BusinessGroup.name),  # type: ignore[arg-type]
    ("types", LeadType, LeadType.key + literal("\n") + LeadType.label),  # type: ignore[operator]
    ("versions", ProcessVersion, ProcessVersion.process_key),  # type: ignore[arg-type]
)
_STAMP = union_all(
    *(
        select(literal(name), func.count(), func.max(cast(model.updated_at, String)))
        for name, model, _ in _SOURCES
    )
)
_ALL = union_all(
    *(select(literal(name).label("kind"), model.id, label.label("label")) for name, model, label in _SOURCES)
)

_lock = threading.Lock()
_kept: dict[Engine, tuple[tuple[Any, ...], Labels]] = {}


def labels_of(session: Session) -> Labels:
    """One short statement when nothing changed since the last time."""
    engine = session.get_bind().engine
    stamp = tuple(tuple(row) for row in session.execute(_STAMP))
    kept = _kept.get(engine)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    labels = _load(session)
    with _lock:
        if len(_kept) > 4:
            _kept.clear()
        _kept[engine] = (stamp, labels)
    return labels


def _load(session: Session) -> Labels:
    found: dict[str, dict[int, str]] = {name: {} for name, _, _ in _SOURCES}
    for kind, record_id, label in session.execute(_ALL):
        found[kind][record_id] = label
    types = {i: (text.partition("\n")[0], text.partition("\n")[2]) for i, text in found["types"].items()}
    versions = session.execute(select(LeadType.id, LeadType.process_version_id)).all()
    return Labels(
        lookups=found["lookups"],
        users=found["users"],
        units=found["units"],
        groups=found["groups"],
        lead_types=types,
        processes={version_id: process_of(session, version_id) for version_id in found["versions"]},
        type_versions={row[0]: row[1] for row in versions},
    )
