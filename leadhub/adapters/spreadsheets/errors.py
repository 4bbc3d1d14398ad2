from leadhub.domain.errors import LeadhubError


class SpreadsheetError(LeadhubError):
    """The file cannot be read as a table."""

    key = "errors.spreadsheet_unreadable"


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
