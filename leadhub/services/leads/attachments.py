"""Files of a lead: bytes under the data folder by a random key, everything else in the database."""

import hashlib
import mimetypes
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from leadhub.db import action_id, read_session, write_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput, NotFound, NotPermitted
from leadhub.domain.file_names import clean_file_name, is_refused_file
from leadhub.domain.permissions import Right, require
from leadhub.models import Attachment
from leadhub.services.leads.results import AttachmentDone
from leadhub.settings import get_settings
from leadhub.statements.leads import is_record_id, lead_for_update, lead_of

_BLOCK = 1 << 20


def add_attachment(
    lead_id: int, file_name: str, content: bytes | BinaryIO, *, actor: Actor
) -> AttachmentDone:
    """Keep a file with a lead, final or not.

    Raises LeadNotFound, NotPermitted, InvalidInput for programs and for files over the limit.
    """
    require(actor, Right.COMMENT)
    name = _checked_name(file_name)
    _require_lead(lead_id, actor)
    key, size, digest = _store(content)
    try:
        with write_session(actor, "attach file") as session:
            lead = lead_for_update(session, lead_id, actor)
            attachment = Attachment(
                lead_id=lead.id,
                file_name=name,
                content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
                size_bytes=size,
                sha256=digest,
                storage_key=key,
                uploaded_by_id=actor.user_id,
            )
            session.add(attachment)
    except BaseException:
        stored_path(key).unlink(missing_ok=True)
        raise
    return AttachmentDone(
        attachment_id=attachment.id or 0, lead_id=lead_id, action_id=action_id(session), file_name=name
    )


def delete_attachment(attachment_id: int, *, actor: Actor) -> AttachmentDone:
    """Take a file off a lead; the bytes stay, so that Undo can bring it back.

    Raises NotFound, NotPermitted: for one's own files, and whoever may edit the lead.
    """
    require(actor, Right.COMMENT)
    with write_session(actor, "delete file") as session:
        attachment = _visible(session, attachment_id, actor)
        if attachment.uploaded_by_id != actor.user_id and actor.role not in (Role.ADMIN, Role.MANAGER):
            raise NotPermitted(right="delete_file")
        lead_id, name = attachment.lead_id or 0, attachment.file_name
        session.delete(attachment)
    return AttachmentDone(
        attachment_id=attachment_id, lead_id=lead_id, action_id=action_id(session), file_name=name
    )


def stored_path(storage_key: str) -> Path:
    folder = get_settings().attachments_dir
    return folder / storage_key[:2] / storage_key


def _require_lead(lead_id: int, actor: Actor) -> None:
    """Refuse before the upload is written. Raises LeadNotFound."""
    with read_session() as session:
        lead_of(session, lead_id, actor)


def _visible(session: Session, attachment_id: int, actor: Actor) -> Attachment:
    attachment = session.get(Attachment, attachment_id) if is_record_id(attachment_id) else None
    if attachment is None or attachment.lead_id is None:
        raise NotFound()
    lead_for_update(session, attachment.lead_id, actor)
    return attachment


def _checked_name(file_name: str) -> str:
    name = clean_file_name(file_name)
    if not name:
        raise InvalidInput("errors.value_required", field="file", field_label="leads.files.file")
    if is_refused_file(name):
        raise InvalidInput("errors.file_refused", field="file", name=name)
    return name


def _store(content: bytes | BinaryIO) -> tuple[str, int, str]:
    """Write the bytes in blocks; returns storage key, size and SHA-256. Raises InvalidInput."""
    limit = get_settings().max_attachment_mb << 20
    key = secrets.token_hex(20)
    path = stored_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    partial = path.with_suffix(".part")
    try:
        with partial.open("wb") as target:
            for block in _blocks(content):
                size += len(block)
                if size > limit:
                    raise InvalidInput(
                        "errors.file_too_large", field="file", maximum=get_settings().max_attachment_mb
                    )
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return key, size, digest.hexdigest()


def _blocks(content: bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(content, bytes | bytearray | memoryview):
        for start in range(0, len(content), _BLOCK):
            yield bytes(content[start : start + _BLOCK])
        return
    while block := content.read(_BLOCK):
        yield block
