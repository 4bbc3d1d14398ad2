from leadhub.domain.errors import LeadhubError


class SpreadsheetError(LeadhubError):
    """The file cannot be read as a table."""

    key = "import.spreadsheet_unreadable"


class NotASpreadsheet(SpreadsheetError):
    key = "import.not_a_spreadsheet"


class SpreadsheetTooLarge(SpreadsheetError):
    key = "import.spreadsheet_too_large"


class SpreadsheetEmpty(SpreadsheetError):
    key = "import.spreadsheet_empty"


class SpreadsheetLocked(SpreadsheetError):
    """The workbook is protected by a password."""

    key = "import.spreadsheet_locked"


class SpreadsheetDamaged(SpreadsheetError):
    key = "import.spreadsheet_damaged"


class SheetNotFound(SpreadsheetError):
    key = "import.sheet_not_found"
