import pytest

from leadhub.domain.actor import Role
from leadhub.domain.permissions import MATRIX, Right
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import find_faults
from leadhub.domain.process.shipped import (
    BANK_CUSTOMER_LEAD,
    CORPORATE_SALE,
    CUSTOMER_LEAD,
    PARTNER_LEAD,
    SERVICE_LEAD,
    SHIPPED_PROCESSES,
)
from leadhub.domain.process.shipped.customer import CLOSING_ROLES
from leadhub.domain.process.vocabulary import LifecycleState

PENDING, IN_PROGRESS, WON, LOST, CANCELLED = LifecycleState

each = pytest.mark.parametrize("process", SHIPPED_PROCESSES, ids=lambda process: process.key)


@each
def test_a_shipped_process_validates(process: ProcessDefinition):
    """Guards against shipping what an admin would be refused."""
    roles = [role.value for role in Role]
    assert find_faults(process, known_fields=(), known_roles=roles) == []


@each
@pytest.mark.covers("C-20")
def test_every_shipped_stage_has_a_tip(process: ProcessDefinition):
    """Guards the hover icon against an empty bubble."""
    assert all(len(stage.tip) > 40 for stage in process.stages)


@pytest.mark.parametrize(
    ("process", "stages"),
    [
        (
            CUSTOMER_LEAD,
            [
                ("Qualification", PENDING),
                ("Nurturing", IN_PROGRESS),
                ("Handoff to sales", IN_PROGRESS),
                ("Awaiting sale", IN_PROGRESS),
                ("Need satisfied", WON),
                ("Not interested", LOST),
                ("Disqualified", CANCELLED),
            ],
        ),
        (
            BANK_CUSTOMER_LEAD,
            [
                ("Qualification", PENDING),
                ("Distribution", IN_PROGRESS),
                ("Handoff to bank sales", IN_PROGRESS),
                ("Awaiting sale", IN_PROGRESS),
                ("Need satisfied", WON),
                ("Not interested", LOST),
                ("Disqualified", CANCELLED),
            ],
        ),
        (
            SERVICE_LEAD,
            [
                ("New", PENDING),
                ("Accepted", IN_PROGRESS),
                ("In progress", IN_PROGRESS),
                ("Won", WON),
                ("Lost", LOST),
                ("Cancelled", CANCELLED),
            ],
        ),
        (
            PARTNER_LEAD,
            [
                ("New", PENDING),
                ("Assigned", IN_PROGRESS),
                ("Qualified", WON),
                ("Disqualified", LOST),
                ("Dropped", CANCELLED),
            ],
        ),
        (
            CORPORATE_SALE,
            [
                ("Qualification", PENDING),
                ("Presentation", IN_PROGRESS),
                ("Proposal", IN_PROGRESS),
                ("Contracting", IN_PROGRESS),
                ("Closed won", WON),
                ("Closed lost", LOST),
            ],
        ),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
@pytest.mark.covers("C-23", "C-24", "C-25", "C-26", "C-27", "C-28", "C-29", "C-63", "M-06", "X-02")
def test_shipped_stages_are_the_manuals(process: ProcessDefinition, stages: list):
    """Guards the names and meanings that people know from their manuals."""
    assert [(stage.label, stage.state) for stage in process.stages] == stages


@pytest.mark.covers("C-40", "C-46")
def test_task_titles_are_verbatim():
    """Guards the titles by which people find their tasks."""
    titles = {template.key: template.title for template in CUSTOMER_LEAD.activity_templates}
    assert titles == {
        "qualify": "Qualify the lead",
        "distribution": "Lead management: Distribution",
        "handoff": "Contact the customer and specify the availability and actuality of the need, budget, "
        "parameters as well as their role in decision-making",
        "handoff_information": "Enter handoff information",
    }


@pytest.mark.covers("C-41", "C-43", "C-44", "C-48", "C-49", "C-58", "C-59", "C-60")
def test_results_are_verbatim():
    """Guards the words of the result lists."""
    labels = {t.key: [result.label for result in t.results] for t in CUSTOMER_LEAD.activity_templates}
    assert labels["handoff"] == [
        "Proceed to order",
        "Proceed to handoff",
        "Back to distribution",
        "Rescheduled",
        "Not interested",
    ]
    assert labels["distribution"] == ["Start proceeding to handoff", "Continue nurturing", "Not interested"]


def test_the_roles_that_may_close_are_those_of_the_permission_matrix():
    """Guards against two lists of who may win or lose drifting apart."""
    assert set(CLOSING_ROLES) == {role for role, rights in MATRIX.items() if Right.WIN_OR_LOSE_LEAD in rights}
