"""PostgreSQL without its client tools: each table by COPY, all as of one moment."""

import zipfile

import psycopg
from psycopg import Connection, sql

TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'dbos') ORDER BY 1, 2
"""
SEQUENCES = """
    SELECT s.schemaname, s.sequencename, s.last_value FROM pg_sequences s
    WHERE s.schemaname IN ('public', 'dbos') AND s.last_value IS NOT NULL ORDER BY 1, 2
"""
FOREIGN_KEYS = """
    SELECT n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype = 'f' AND n.nspname IN ('public', 'dbos')
"""


def copy_to_zip(url: str, archive: zipfile.ZipFile) -> None:
    """Add `tables/<schema>.<table>` in COPY's text form, and where each sequence stands."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for schema, table in connection.execute(TABLES).fetchall():
            columns = _columns(connection, schema, table)
            out = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(schema, table), columns)
            with (
                archive.open(f"tables/{schema}.{table}", "w") as member,
                connection.cursor().copy(out) as rows,
            ):
                for block in rows:
                    member.write(block)
        places = connection.execute(SEQUENCES).fetchall()
        archive.writestr("sequences", "".join(f"{s}\t{name}\t{value}\n" for s, name, value in places))


def copy_from_zip(url: str, archive: zipfile.ZipFile) -> None:
    """Replace every row, in one transaction: triggers rest, foreign keys are checked at its end."""
    present = {name.removeprefix("tables/") for name in archive.namelist() if name.startswith("tables/")}
    with psycopg.connect(url) as connection:
        tables = [
            (schema, table)
            for schema, table in connection.execute(TABLES).fetchall()
            if f"{schema}.{table}" in present
        ]
        keys = connection.execute(FOREIGN_KEYS).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(*table) for table in tables)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        for schema, table, key, _ in keys:
            connection.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                    sql.Identifier(schema, table), sql.Identifier(key)
                )
            )
        for schema, table in tables:
            name = sql.Identifier(schema, table)
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(name, _columns(connection, schema, table))
            with archive.open(f"tables/{schema}.{table}") as member, connection.cursor().copy(into) as rows:
                while block := member.read(1 << 20):
                    rows.write(block)
            connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        for schema, table, key, definition in keys:
            connection.execute(
                sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                    sql.Identifier(schema, table), sql.Identifier(key), sql.SQL(definition)
                )
            )
        for line in archive.read("sequences").decode().splitlines():
            schema, name, value = line.split("\t")
            connection.execute(
                "SELECT setval(format('%%I.%%I', %s::text, %s::text)::regclass, %s)",
                (schema, name, int(value)),
            )


def _columns(connection: Connection, schema: str, table: str) -> sql.Composed:
    """Every column that is stored as given; computed ones are computed again."""
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass "
        "AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attname",
        (schema, table),
    )
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
