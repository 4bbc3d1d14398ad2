"""when a password was last set"""

import sqlalchemy as sa

from alembic import op
from leadhub.models.base import UtcDateTime

revision = "auth1"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("app_user", sa.Column("password_changed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("app_user") as batch:
        batch.drop_column("password_changed_at")
