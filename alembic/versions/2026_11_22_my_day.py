"""my day: an index of the open leads of each owner, and one of planned activities by due date"""

import sqlalchemy as sa

from alembic import op

revision = 'my_day'
down_revision = 'import_row_external_id'
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('pending', 'in_progress')")
PLANNED = sa.text("status = 'planned'")
OF_LEADS = (
    'owner_id', 'unit_id', 'next_follow_up_on', 'score', 'assigned_at', 'last_activity_at', 'created_at', 'id'
)


def upgrade() -> None:
    op.create_index('ix_lead_open_day', 'lead', list(OF_LEADS), sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(
        'ix_activity_planned_due_at_id', 'activity', ['due_at', 'id'], sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )


def downgrade() -> None:
    op.drop_index('ix_activity_planned_due_at_id', 'activity')
    op.drop_index('ix_lead_open_day', 'lead')
