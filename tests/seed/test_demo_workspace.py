from collections import Counter

from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.models import Activity, ChangeRow, Lead, Opportunity, StageVisit, User
from leadhub.seed import seed_demo_workspace
from leadhub.statements.processes import process_of


def test_the_demo_workspace_is_consistent_with_its_processes(database: str) -> None:
    """Guards against demo leads that the product itself could not have made."""
    seed_demo_workspace(120)
    with read_session() as session:
        leads = list(session.scalars(select(Lead)))
        assert len(leads) == 120
        open_visits = Counter(
            (v.lead_id, v.stage_key)
            for v in session.scalars(select(StageVisit).where(StageVisit.left_at.is_(None)))
            if v.lead_id
        )
        assert open_visits == Counter((lead.id, lead.stage_key) for lead in leads)
        planned = {
            (a.lead_id, a.template_key)
            for a in session.scalars(select(Activity).where(Activity.status == "planned"))
        }
        for lead in leads:
            definition = process_of(session, lead.process_version_id)
            stage = definition.stage(lead.stage_key)
            assert lead.state == stage.state.value
            assert (lead.actual_completion_at is not None) == stage.is_final
            if lead.stage_key == "qualification":
                assert (lead.id, "qualify") in planned
            if lead.stage_key == "nurturing":
                assert (lead.id, "distribution") in planned
            assert (lead.score > 0) == (lead.qualified_at is not None)
        awaiting = [lead.id for lead in leads if lead.stage_key == "awaiting_sale"]
        selling = set(session.scalars(select(Opportunity.lead_id).where(Opportunity.closed_at.is_(None))))
        assert set(awaiting) <= selling


def test_the_demo_has_a_person_for_each_role(database: str) -> None:
    """Guards against a sign-in page without one of its six buttons."""
    seed_demo_workspace(5)
    with read_session() as session:
        assert set(session.scalars(select(User.role).where(User.is_demo))) == {role.value for role in Role}


def test_a_workspace_with_people_is_never_filled_again(database: str) -> None:
    """Guards against a second start that doubles the demo."""
    seed_demo_workspace(5)
    seed_demo_workspace(5)
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(Lead)) == 5


def test_every_demo_lead_has_the_history_of_its_making(database: str) -> None:
    """Guards against leads whose History is empty."""
    seed_demo_workspace(20)
    with read_session() as session:
        made = set(
            session.scalars(
                select(ChangeRow.record_id).where(
                    ChangeRow.table_name == "lead", ChangeRow.operation == "insert"
                )
            )
        )
        assert made == set(session.scalars(select(Lead.id)))
