"""import rows keep the external id of what was known already"""

import sqlalchemy as sa
from alembic import op

revision = 'import_row_external_id'
down_revision = 'record_lists'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('import_row', sa.Column('external_id', sa.String(120), nullable=True))
    op.create_index(op.f('ix_import_row_external_id'), 'import_row', ['external_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_import_row_external_id'), 'import_row')
    op.drop_column('import_row', 'external_id')
