"""What a good row becomes: the record's columns, and the rows that go with a new record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_insert, bulk_update
from leadhub.domain.actor import Actor
from leadhub.domain.importing.parsed import ParsedRow
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.vocabulary import LifecycleState
from leadhub.models import (
    Account,
    Activity,
    Campaign,
    CommunicationOption,
    Contact,
    Lead,
    Opportunity,
    Record,
    StageVisit,
)
from leadhub.services.leads.values import owning_group

Values = dict[str, Any]
MODELS: Mapping[str, type[Record]] = {
    "lead": Lead,
    "contact": Contact,
    "account": Account,
    "opportunity": Opportunity,
    "activity": Activity,
    "campaign": Campaign,
}


@dataclass
class Shaper:
    """Makes records of one entity out of rows; lives as long as the run."""

    entity: str
    actor: Actor
    version_id: int | None
    definition: ProcessDefinition | None
    lead_type_id: int | None
    by_type: Mapping[int, tuple[int, ProcessDefinition]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._groups: dict[tuple[Any, str], int | None] = {}

    def new_record(self, session: Session, row: ParsedRow, values: Values, now: datetime) -> Values:
        """Column → value of a record that is not there yet."""
        record = {**values}
        if record.get("created_at") is None:
            record["created_at"] = now
        match self.entity:
            case "lead":
                self._as_lead(session, row, record, now)
            case "opportunity":
                self._as_opportunity(record, now)
                record["custom"] = _custom(row)
            case "activity":
                _as_activity(record, row, self.actor, now)
            case "campaign":
                record["description"] = _with_extra(record.get("description", ""), row)
            case _:
                record["custom"] = _custom(row)
        return record

    def _process(self, record: Values) -> tuple[int | None, ProcessDefinition]:
        """That of the record's own lead type, else that of the import."""
        assert self.definition is not None
        return self.by_type.get(record.get("lead_type_id") or 0, (self.version_id, self.definition))

    def _stage(self, record: Values) -> Any:
        definition = self._process(record)[1]
        return definition.find_stage(record.get("stage_key")) or definition.initial_stage

    def _as_lead(self, session: Session, row: ParsedRow, record: Values, now: datetime) -> None:
        stage = self._stage(record)
        created: datetime = record["created_at"]
        ended = record.get("actual_completion_at")
        entered = (ended or created) if stage.is_final else (record.get("qualified_at") or created)
        place = (record.get("country_id"), str(record.get("city") or ""))
        if place not in self._groups:
            self._groups[place] = owning_group(session, record, self.actor.user_id)
        record.update(
            lead_type_id=record.get("lead_type_id") or self.lead_type_id,
            process_version_id=self._process(record)[0],
            stage_key=stage.key,
            state=stage.state.value,
            stage_entered_at=max(entered, created),
            actual_completion_at=max(entered, created) if stage.is_final else None,
            created_by_id=self.actor.user_id,
            group_id=record.get("group_id") or self._groups[place],
            assigned_at=created if record.get("owner_id") else None,
            partner_account_id=self.actor.partner_account_id,
            registration={**row.extra, **{f"{w.label} ({w.kind})": w.value for w in row.more}},
        )
        if stage.state is not LifecycleState.PENDING and stage.state is not LifecycleState.CANCELLED:
            record["qualified_at"] = record.get("qualified_at") or created
        if not record.get("need_maturity"):
            record["need_maturity"] = stage.maturity.value if stage.maturity else "suspected"

    def _as_opportunity(self, record: Values, now: datetime) -> None:
        stage = self._stage(record)
        created: datetime = record["created_at"]
        ended = record.get("closed_at")
        if ended is None and stage.is_final:
            day = record.get("expected_close_on")
            ended = datetime.combine(day, time(12), UTC) if day else created
        record.update(
            kind=record.get("kind") or "sale",
            process_version_id=self.version_id,
            stage_key=stage.key,
            state=stage.state.value,
            stage_entered_at=ended if stage.is_final and ended else created,
            closed_at=ended if stage.is_final else None,
        )

    def add_related(self, session: Session, made: list[tuple[int, Values, ParsedRow]], now: datetime) -> None:
        """Stage visits, the process's activities, further ways to reach somebody, the last activity."""
        match self.entity:
            case "lead":
                bulk_insert(
                    session, StageVisit, [v for i, r, _ in made for v in self._visits("lead_id", i, r)]
                )
                bulk_insert(session, Activity, [a for i, r, _ in made for a in self._tasks(i, r, now)])
            case "opportunity":
                visits = [v for i, r, _ in made for v in self._visits("opportunity_id", i, r)]
                bulk_insert(session, StageVisit, visits)
            case "contact" | "account":
                owner = f"{self.entity}_id"
                options = [
                    {
                        owner: i,
                        "kind": way.kind,
                        "label": way.label[:60],
                        "value": way.value[:400],
                        "position": n,
                    }
                    for i, _, row in made
                    for n, way in enumerate(row.more)
                ]
                bulk_insert(session, CommunicationOption, options)
            case "activity":
                _touch_leads(session, [record for _, record, _ in made])

    def _visits(self, owner: str, record_id: int, record: Values) -> list[Values]:
        definition = self._process(record)[1]
        first, entered = definition.initial_stage, record["stage_entered_at"]
        visits = []
        base = {owner: record_id, "entered_by_id": self.actor.user_id, "skipped": False}
        if record["stage_key"] != first.key:
            visits.append(
                {**base, "stage_key": first.key, "state": first.state.value,
                 "entered_at": record["created_at"], "left_at": entered}
            )  # fmt: skip
        visits.append(
            {**base, "stage_key": record["stage_key"], "state": record["state"], "entered_at": entered,
             "left_at": None}
        )  # fmt: skip
        return visits

    def _tasks(self, lead_id: int, record: Values, now: datetime) -> list[Values]:
        definition = self._process(record)[1]
        if record["state"] not in ("pending", "in_progress"):
            return []
        return [
            {
                "kind": template.kind.value,
                "title": template.title,
                "lead_id": lead_id,
                "contact_id": record.get("contact_id"),
                "account_id": record.get("account_id"),
                "owner_id": record.get("owner_id") or self.actor.user_id,
                "author_id": self.actor.user_id,
                "starts_at": now,
                "due_at": template.due_at(now),
                "by_process": True,
                "template_key": template.key,
            }
            for template in definition.templates_on_enter(record["stage_key"])
        ]


def _custom(row: ParsedRow) -> Values:
    return {"import": dict(row.extra)} if row.extra else {}


def _with_extra(text: str, row: ParsedRow) -> str:
    lines = [f"{header}: {value}" for header, value in row.extra.items()]
    return "\n".join(part for part in (text, *lines) if part)


def _as_activity(record: Values, row: ParsedRow, actor: Actor, now: datetime) -> None:
    record["body"] = _with_extra(record.get("body", ""), row)
    record.setdefault("author_id", actor.user_id)
    began = record.get("starts_at") or record.get("due_at") or record["created_at"]
    if not record.get("status"):
        record["status"] = "done" if began <= now else "planned"
    if record["status"] == "done" and record.get("completed_at") is None:
        record["completed_at"] = min(began, now)
    if record["status"] == "planned" and record.get("due_at") is None:
        record["due_at"] = record.get("starts_at")
    record["by_process"] = False


def _touch_leads(session: Session, records: list[Values]) -> None:
    newest: dict[int, datetime] = {}
    for record in records:
        lead_id, done = record.get("lead_id"), record.get("completed_at")
        if lead_id is not None and done is not None:
            newest[lead_id] = max(done, newest.get(lead_id, done))
    if not newest:
        return
    stored = session.execute(select(Lead.id, Lead.last_activity_at).where(Lead.id.in_(newest)))
    changes = {
        row.id: {"last_activity_at": newest[row.id]}
        for row in stored
        if row.last_activity_at is None or row.last_activity_at < newest[row.id]
    }
    bulk_update(session, Lead, changes)
