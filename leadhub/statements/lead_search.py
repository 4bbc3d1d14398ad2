"""Finding leads by a piece of text: which rows hold it, and about how many do."""

from sqlalchemy import BigInteger, ColumnElement, String, and_, cast, func, literal, or_, text
from sqlalchemy.orm import Session

from leadhub.domain.list_query.search import SearchTerm
from leadhub.models import Lead


def holds_term(session: Session, term: SearchTerm) -> ColumnElement[bool]:
    """The test of one row, for walking an index until enough are found."""
    if term.prefix:
        return begins_with(term.prefix)
    document = searchable(session)
    if session.get_bind().dialect.name == "sqlite":
        return and_(*(func.instr(document, word) > 0 for word in term.words))
    return and_(*(document.like(f"%{_like(word)}%", escape="\\") for word in term.words))


def begins_with(prefix: str) -> ColumnElement[bool]:
    """Title, company or contact begins with one or two letters: three ranges of the sort indexes."""
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    columns = (Lead.title_sort, Lead.account_sort, Lead.contact_sort)
    parts = [and_(column >= prefix, column < end) for column in columns]
    if prefix.isdigit():
        parts.append(Lead.id == int(prefix))
    return or_(*parts)


def searchable(session: Session) -> ColumnElement[str]:
    """Number and search text as one document; on PostgreSQL letter for letter what the index is on."""
    if session.get_bind().dialect.name == "sqlite":
        return cast(Lead.id, String) + literal("\n") + Lead.search_text  # type: ignore[arg-type]
    return cast(Lead.id, String) + text("E'\\n'") + Lead.search_text  # type: ignore[operator]


def _like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


__all__ = ["BigInteger", "begins_with", "holds_term", "searchable"]
