import asyncio
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.services.imports.files import new_upload_path
from leadhub.services.imports.upload import register_upload
from leadhub.settings import get_settings


async def receive_file(chunks: Any, actor: Actor) -> int:
    """Write one file as its blocks arrive; returns the import's id.

    Raises NotPermitted, InvalidInput for what is too large, and SpreadsheetError for what is no table.
    """
    require(actor, Right.IMPORT)
    if not isinstance(chunks, rx.UploadChunkIterator):
        raise InvalidInput("import.spreadsheet_unreadable")
    most_mb = get_settings().max_upload_mb
    path = await asyncio.to_thread(new_upload_path)
    name, size = "", 0
    try:
        with await asyncio.to_thread(path.open, "wb") as file:
            async for chunk in chunks:
                name = name or chunk.filename
                if chunk.filename != name:
                    continue
                size += len(chunk.data)
                if size > most_mb * 2**20:
                    raise InvalidInput("import.file_over_limit", limit=most_mb)
                await asyncio.to_thread(file.write, chunk.data)
        draft = await asyncio.to_thread(register_upload, path, file_name=name, actor=actor)
    except BaseException:
        await asyncio.to_thread(path.unlink, missing_ok=True)
        raise
    return draft.import_id
