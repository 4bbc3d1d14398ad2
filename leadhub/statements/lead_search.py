"""Finding leads by a piece of text: which rows hold it, and whether they are few."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from leadhub.domain.list_query.search import SearchTerm
from leadhub.models import Lead
from leadhub.statements.search_index import TABLE, TRIGRAM_INDEX

_with_trigrams: dict[Any, bool] = {}


def holds_term(session: Session, term: SearchTerm) -> ColumnElement[bool]:
    """The test of one row, for walking an index until enough are found."""
    if term.prefix:
        return or_(*_prefix_parts(term.prefix))
    if session.get_bind().dialect.name == "sqlite":
        document = cast(Lead.id, String) + literal_column("char(10)") + Lead.search_text  # type: ignore[arg-type,operator]
        return and_(*(func.instr(document, word) > 0 for word in term.words))
    return and_(*(_like(word) for word in term.words))


def term_hits(session: Session, term: SearchTerm) -> Select[Any] | None:
    """The ids that an index finds for the term; None where there is no index for it."""
    if term.prefix:
        parts = [select(Lead.id).where(part) for part in _prefix_parts(term.prefix)]
        return select(union_all(*parts).subquery().c.id)
    if not term.indexed:
        return None
    if session.get_bind().dialect.name == "sqlite":
        wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in term.indexed)
        return (
            select(literal_column("rowid").label("id"))
            .select_from(text(TABLE))
            .where(literal_column(TABLE).op("MATCH")(wanted))
        )
    if not _has_trigrams(session):
        return None
    return select(Lead.id).where(*(_like(word) for word in term.indexed))


def count_up_to(session: Session, hits: Select[Any], most: int) -> int:
    """How many hits there are; `most` + 1 stands for more."""
    return session.scalar(select(func.count()).select_from(hits.limit(most + 1).subquery())) or 0


def _prefix_parts(prefix: str) -> list[ColumnElement[bool]]:
    """Title, company or contact begins so: ranges of the sort indexes."""
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    columns: tuple[Any, ...] = (Lead.title_sort, Lead.account_sort, Lead.contact_sort)
    parts = [and_(column >= prefix, column < end) for column in columns]
    if prefix.isascii() and prefix.isdigit():
        parts.append(Lead.id == int(prefix))  # type: ignore[arg-type]
    return parts


def _like(word: str) -> ColumnElement[bool]:
    """Letter for letter the expression that the PostgreSQL index is on."""
    document = literal_column("(CAST(lead.id AS VARCHAR) || E'\\n' || lead.search_text)", String)
    pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return document.like(literal(f"%{pattern}%"))


def _has_trigrams(session: Session) -> bool:
    engine = session.get_bind().engine
    if engine not in _with_trigrams:
        found = session.scalar(
            text("SELECT 1 FROM pg_indexes WHERE indexname = :name"), {"name": TRIGRAM_INDEX}
        )
        _with_trigrams[engine] = found is not None
    return _with_trigrams[engine]
