"""Registering a lead: the similar search while it is typed, and the saving: `python -m bench create`."""

from itertools import count
from typing import Any

from bench._measure import line, measure, workspaces
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.similarity.details import AccountDetails, ContactDetails, LeadDetails
from leadhub.models import LookupValue
from leadhub.queries.similar import similar_accounts, similar_contacts, similar_leads_to
from leadhub.services.leads.create import create_lead

_numbers = count(1)


def _typed(number: int) -> dict[str, str]:
    return {
        "contact_name": f"Maria Schmidt {number}",
        "account_name": f"Northwind Systems {number} GmbH",
        "email": f"maria.schmidt{number}@northwind{number}.example.com",
        "mobile_phone": f"+49 171 {number:07d}",
    }


def _search(typed: dict[str, str], actor: Actor) -> list[Any]:
    emails, phones = (typed["email"],), (typed["mobile_phone"],)
    return [
        similar_contacts(
            ContactDetails(full_name=typed["contact_name"], emails=emails, mobile_phones=phones), actor=actor
        ),
        similar_accounts(AccountDetails(name=typed["account_name"]), actor=actor),
        similar_leads_to(
            LeadDetails(
                contact_name=typed["contact_name"],
                account_name=typed["account_name"],
                emails=emails,
                phones=phones,
            ),
            actor=actor,
        ),
    ]


def main() -> None:
    for _, actors in workspaces():
        with read_session() as session:
            need = session.query(LookupValue.id).filter_by(lookup="customer_need").limit(1).scalar()
        for who, actor in actors.items():
            _measure_one(who, actor, need)


def _measure_one(who: str, actor: Actor, need: int) -> None:
    def search() -> Any:
        return _search(_typed(next(_numbers)), actor)

    def save() -> Any:
        return create_lead({**_typed(next(_numbers)), "customer_need": need}, actor=actor)

    def both() -> Any:
        found = search()
        save()
        return found

    line(f"similar contacts, accounts, leads ({who})", measure(search))
    line(f"create ({who})", measure(save))
    line(f"create with the similar search ({who})", measure(both), "reach 15 ms")


if __name__ == "__main__":
    main()
