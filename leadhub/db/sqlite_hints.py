from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler


class HintingCompiler(SQLiteCompiler):
    """Puts `with_hint(table, "INDEXED BY …", "sqlite")` behind the table's name. SQLite keeps no statistics
    by itself, and would rather collect and sort ten thousand rows than walk an index for fifty."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text
