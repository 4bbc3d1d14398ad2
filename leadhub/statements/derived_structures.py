"""What migrations cannot carry alone: triggers and search indexes, looked after at the end of each run."""

from sqlalchemy import Connection, inspect

from leadhub.statements.lead_counter import install_counters
from leadhub.statements.search_index import install_search


def install_derived_structures(connection: Connection) -> None:
    if inspect(connection).has_table("lead_counter"):
        install_counters(connection)
        install_search(connection)
