"""Put the told stories into the database, with the history that goes with them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert as insert_into
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_insert
from leadhub.change_log.encoding import default_values, encode, logged_columns, logged_models, table_of
from leadhub.models import ChangeAction, ChangeRow, ChangeSet
from leadhub.seed.tape import Event, Story, Tape


def store_stories(session: Session, stories: list[Story], names: dict[int, str]) -> None:
    """Records first, parents before children; then every action in the order in which it happened."""
    _store(session, [s.account for s in stories if s.account and _is_new(s.account)])
    for story in stories:
        if story.contact is not None and story.account is not None and _is_new(story.contact):
            story.contact.values["account_id"] = story.account.id
            story.contact.values["_first"]["account_id"] = story.account.id
    _store(session, [s.contact for s in stories if s.contact and _is_new(s.contact)])
    for story in stories:
        _link(story)
    _store(session, [s.lead for s in stories])
    for story in stories:
        children = [*story.visits, *story.activities, *story.posts, *story.distributions]
        if story.opportunity is not None:
            children.append(story.opportunity)
        _point(children, lead_id=story.lead.id)
        customer = {n: story.lead.values.get(n) for n in ("contact_id", "account_id")}
        _point(story.activities, **customer)
        if story.opportunity is not None:
            values = story.lead.values
            title = values.get("title") or f"{values['contact_name']} – {values['account_name']}"
            _point([story.opportunity], title=title, **customer)
    _store(session, [s.opportunity for s in stories if s.opportunity])
    for story in stories:
        if story.opportunity is not None:
            _point(story.sale_visits, opportunity_id=story.opportunity.id)
            own = [a for a in story.activities if a.values.get("_sale")]
            _point(own, opportunity_id=story.opportunity.id)
    for name in ("visits", "sale_visits", "activities", "posts", "distributions"):
        _store(session, [tape for story in stories for tape in getattr(story, name)])
    events = [(event, story) for story in stories for event in story.events]
    _write_history(session, sorted(events, key=lambda pair: pair[0].at), names)


def _is_new(tape: Tape) -> bool:
    return tape.id is None and "_first" in tape.values


def _link(story: Story) -> None:
    lead = story.lead.values
    if lead.pop("_link", False) and story.account is not None and story.contact is not None:
        for name, tape in (("contact_id", story.contact), ("account_id", story.account)):
            before = lead.get(name)
            lead[name] = tape.id
            for event in story.events:
                if event.action in ("qualify lead", "accept lead") and before != tape.id:
                    event.rows.append((story.lead, "update", {name: [before, tape.id]}))
                    break


def _point(tapes: Iterable[Tape], **values: Any) -> None:
    for tape in tapes:
        tape.values.update(values)
        tape.values["_first"].update(values)


def _store(session: Session, tapes: list[Tape]) -> None:
    if not tapes:
        return
    model = logged_models()[tapes[0].table]
    rows = [{n: v for n, v in t.values.items() if not n.startswith("_")} for t in tapes]
    for start in range(0, len(rows), 1000):
        ids = bulk_insert(session, model, rows[start : start + 1000])
        for tape, record_id in zip(tapes[start : start + 1000], ids, strict=True):
            tape.id = record_id


def _write_history(session: Session, events: list[tuple[Event, Story]], names: dict[int, str]) -> None:
    rows = [
        {"name": e.action, "params": {}, "actor_id": e.user_id, "actor_name": names.get(e.user_id or 0, ""),
         "at": e.at, "bulk": False}
        for e, _ in events
    ]  # fmt: skip
    action_ids = _returning(session, ChangeAction, rows)
    sets = [{"action_id": a, "at": e.at} for a, (e, _) in zip(action_ids, events, strict=True)]
    set_ids = _returning(session, ChangeSet, sets)
    changes = [
        {
            "change_set_id": set_id,
            "table_name": tape.table,
            "record_id": tape.id,
            "operation": operation,
            "values": values if operation == "update" else _first_values(tape),
            "lead_id": story.lead.id if tape.table not in ("account", "contact") else None,
        }
        for set_id, (event, story) in zip(set_ids, events, strict=True)
        for tape, operation, values in _folded(event)
    ]
    for start in range(0, len(changes), 2000):
        session.execute(insert_into(table_of(ChangeRow)), changes[start : start + 2000])


def _folded(event: Event) -> Iterable[tuple[Tape, str, dict[str, Any]]]:
    """One row per record, as the recorder writes them."""
    found: dict[int, tuple[Tape, str, dict[str, Any]]] = {}
    for tape, operation, values in event.rows:
        known = found.get(id(tape))
        if known is None:
            found[id(tape)] = (tape, operation, dict(values))
        elif known[1] == "update":
            for name, (old, new) in values.items():
                known[2][name] = [known[2][name][0] if name in known[2] else old, new]
    return found.values()


def _first_values(tape: Tape) -> dict[str, Any]:
    model = logged_models()[tape.table]
    defaults = default_values(tape.table)
    first = tape.values["_first"]
    kept = {n: encode(first.get(n, defaults.get(n))) for n in logged_columns(model)}
    return {n: v for n, v in kept.items() if v is not None and (n not in defaults or v != defaults[n])}


def _returning(session: Session, model: Any, rows: list[dict[str, Any]]) -> list[int]:
    ids: list[int] = []
    for start in range(0, len(rows), 2000):
        made = insert_into(table_of(model)).returning(table_of(model).c.id, sort_by_parameter_order=True)
        ids.extend(session.execute(made, rows[start : start + 2000]).scalars())
    return ids
