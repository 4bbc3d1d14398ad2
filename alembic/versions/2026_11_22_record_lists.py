"""record lists: indexes for the sorts of contacts, accounts, opportunities and activities"""

from alembic import op

revision = 'record_lists'
down_revision = 'lead_lists'
branch_labels = None
depends_on = None

SORTS = {
    'account': ('name_sort', 'created_at'),
    'contact': ('name_sort', 'created_at'),
    'opportunity': ('title_sort', 'created_at', 'stage_position', 'amount_minor', 'expected_close_on'),
    'activity': ('created_at', 'title_sort'),
}


def upgrade() -> None:
    for table, columns in SORTS.items():
        for column in columns:
            op.create_index(f'ix_{table}_{column}_id', table, [column, 'id'])


def downgrade() -> None:
    for table, columns in SORTS.items():
        for column in columns:
            op.drop_index(f'ix_{table}_{column}_id', table)
