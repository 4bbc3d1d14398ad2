from sqlalchemy import delete, select, update

from leadhub.db import derived_session, read_session
from leadhub.domain.actor import system_actor
from leadhub.models import Account, MatchKey
from leadhub.services.matching.rebuild_keys import rebuild_match_keys
from tests.factories import make_account, make_contact, make_lead


def test_rebuilding_gives_the_keys_that_writing_gave(database: str) -> None:
    """Guards against records that nothing is similar to, after the rules of the keys have changed."""
    account_id = make_account(name="Vizor GmbH", website="vizor.de")
    make_contact(name="Maria Nguyen", email="m@vizor.de", account_id=account_id)
    make_lead(contact_name="Maria Nguyen", account_name="Vizor")
    table = MatchKey.__table__

    def keys() -> set[tuple[int, ...]]:
        with read_session() as session:
            return {tuple(row) for row in session.execute(select(table))}

    before = keys()
    with derived_session(system_actor(), "spoil") as session:
        session.execute(delete(table))
        session.execute(update(Account.__table__).values(name_core="", host=""))
    assert rebuild_match_keys(actor=system_actor()).records == 3
    assert keys() == before
    with read_session() as session:
        account = session.get_one(Account, account_id)
    assert (account.name_core, account.host) == ("vizor", "vizor.de")
