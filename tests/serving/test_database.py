from leadhub.serving.database import check_schema_drift


def test_models_and_migrations_agree_on_postgresql(postgres_url):
    """Guards against a column that only SQLite takes; `make check` looks at SQLite."""
    check_schema_drift(postgres_url)
