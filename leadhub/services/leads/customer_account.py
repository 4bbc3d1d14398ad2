from sqlalchemy.orm import Session

from leadhub.domain.lookups import Lookup
from leadhub.models import Account, Lead
from leadhub.services.leads.answers import Answers
from leadhub.statements.process_facts import CUSTOMER
from leadhub.statements.references import lookup_id

_DETAILS = ("classification", "credit_rating")


def convert_to_customer(session: Session, lead: Lead, answers: Answers) -> None:
    """A won lead makes its account a customer, and makes the account where there is none (M-24, M-71)."""
    account = session.get(Account, lead.account_id) if lead.account_id is not None else None
    if account is None:
        account = Account(name=lead.account_name or lead.contact_name or lead.display_title or f"#{lead.id}")
        session.add(account)
        session.flush()
        lead.account_id = account.id
    account.account_type_id = lookup_id(session, Lookup.ACCOUNT_TYPE.value, CUSTOMER)
    given = answers.customer_account or {}
    details = {name: str(given[name])[:120] for name in _DETAILS if given.get(name)}
    account.custom = {**account.custom, **details}
