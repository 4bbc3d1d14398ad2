class SpreadsheetError(Exception):
    """The file cannot be read as a table; `key` and `params` name the sentence that says why."""

    key = "errors.spreadsheet_unreadable"

    def __init__(self, key: str | None = None, *, field: str | None = None, **params: object) -> None:
        self.key = key or type(self).key
        self.field = field
        self.params = params
        super().__init__(f"{self.key} {params}" if params else self.key)


class NotASpreadsheet(SpreadsheetError):
    key = "errors.not_a_spreadsheet"


class SpreadsheetTooLarge(SpreadsheetError):
    key = "errors.spreadsheet_too_large"


class SpreadsheetEmpty(SpreadsheetError):
    key = "errors.spreadsheet_empty"


class SpreadsheetLocked(SpreadsheetError):
    """The workbook is protected by a password."""

    key = "errors.spreadsheet_locked"


class SpreadsheetDamaged(SpreadsheetError):
    key = "errors.spreadsheet_damaged"


class SheetNotFound(SpreadsheetError):
    key = "errors.sheet_not_found"
