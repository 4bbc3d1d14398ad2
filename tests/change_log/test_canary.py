from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.models import Account, LeadType
from tests.factories import make_account, make_lead


def test_a_workspace_starts_with_four_lead_types(database: str) -> None:
    """Guards against a bootstrap that silently adds nothing."""
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(LeadType)) == 4


def test_one_test_never_sees_the_rows_of_another(database: str) -> None:
    """Guards against a database that leaks from test to test."""
    make_account(name="Vizor")
    make_lead()
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_one_test_never_sees_the_rows_of_another_again(database: str) -> None:
    """The same once more, so that whichever runs second would notice."""
    make_account(name="Vizor")
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
