from dataclasses import dataclass
from pathlib import Path

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.models import Attachment
from leadhub.statements.leads import is_record_id, lead_of


@dataclass(frozen=True)
class StoredFile:
    file_name: str
    storage_key: str
    content_type: str
    size_bytes: int

    def path_in(self, folder: Path) -> Path:
        return folder / self.storage_key[:2] / self.storage_key


def get_file(attachment_id: int, *, actor: Actor) -> StoredFile:
    """Raises NotFound for a file of a lead that the actor may not see."""
    with read_session() as session:
        attachment = session.get(Attachment, attachment_id) if is_record_id(attachment_id) else None
        if attachment is None or attachment.lead_id is None:
            raise NotFound()
        lead_of(session, attachment.lead_id, actor)
        return StoredFile(
            attachment.file_name, attachment.storage_key, attachment.content_type, attachment.size_bytes
        )
