"""lead lists: an index for each sort, counters, search"""

import sqlalchemy as sa

from alembic import op
from leadhub.statements.lead_counter import remove_counters
from leadhub.statements.search_index import remove_search

revision = 'lead_lists'
down_revision = 'auth1'
branch_labels = None
depends_on = None

SORTS = (
    'title_sort', 'stage_position', 'score', 'contact_sort', 'account_sort', 'owner_id', 'priority',
    'target_amount_minor', 'created_at', 'expected_completion_at', 'next_follow_up_on', 'last_activity_at',
    'updated_at', 'actual_completion_at',
)
OPEN_SORTS = ('created_at', 'expected_completion_at', 'next_follow_up_on', 'last_activity_at')
OPEN = sa.text("state IN ('pending', 'in_progress')")
BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'lead_counter',
        sa.Column('key', sa.String(length=200), nullable=False),
        sa.Column('part', BIG, nullable=False),
        sa.Column('lead_type_id', sa.Integer(), nullable=False),
        sa.Column('process_version_id', sa.Integer(), nullable=False),
        sa.Column('stage_key', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('owner_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('group_id', sa.Integer(), nullable=True),
        sa.Column('partner_account_id', BIG, nullable=True),
        sa.Column('score_band', sa.String(length=10), nullable=False),
        sa.Column('lead_count', BIG, nullable=False),
        sa.Column('amount_minor', BIG, nullable=False),
        sa.PrimaryKeyConstraint('key', 'part', name=op.f('pk_lead_counter')),
        sqlite_with_rowid=False,
    )
    for column in SORTS:
        columns = list(dict.fromkeys((column, 'id', 'owner_id', 'unit_id', 'state')))
        op.create_index(f'ix_lead_{column}_id', 'lead', columns)
    for column in OPEN_SORTS:
        op.create_index(
            f'ix_lead_open_{column}_id', 'lead', [column, 'id', 'owner_id', 'unit_id'],
            sqlite_where=OPEN, postgresql_where=OPEN,
        )
    op.create_index('ix_lead_unit_id_id', 'lead', ['unit_id', 'id'])


def downgrade() -> None:
    connection = op.get_bind()
    remove_counters(connection)
    remove_search(connection)
    if connection.dialect.name == 'postgresql':
        for name in ('added', 'changed', 'removed'):
            op.execute(f'DROP FUNCTION IF EXISTS lead_counter_{name}()')
        op.execute('DROP SEQUENCE IF EXISTS lead_counter_part')
    op.drop_index('ix_lead_unit_id_id', 'lead')
    for column in OPEN_SORTS:
        op.drop_index(f'ix_lead_open_{column}_id', 'lead')
    for column in SORTS:
        op.drop_index(f'ix_lead_{column}_id', 'lead')
    op.drop_table('lead_counter')
