"""Where uploaded files lie until their import is over: under the data folder, served to nobody."""

import secrets
from pathlib import Path

from leadhub.adapters.spreadsheets.reader import open_table
from leadhub.adapters.spreadsheets.table import TableSource
from leadhub.domain.errors import NotFound
from leadhub.models import ImportRun
from leadhub.services.imports.options import ImportOptions
from leadhub.settings import get_settings


def new_upload_path() -> Path:
    """A place for one uploaded file."""
    folder = get_settings().imports_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder / secrets.token_hex(16)


def path_of(run: ImportRun) -> Path:
    path = get_settings().imports_dir / run.storage_key
    if not path.is_file():
        raise NotFound("import.file_gone", file=run.file_name)
    return path


def open_run(run: ImportRun) -> TableSource:
    """The run's table, read as its options say."""
    options = ImportOptions.from_json(run.options)
    return open_table(
        path_of(run),
        run.file_name,
        sheet=options.sheet,
        header_row=options.header_row,
        encoding=options.encoding,
        delimiter=options.delimiter,
    )
