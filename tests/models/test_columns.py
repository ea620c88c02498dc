"""The models say of the tables what the tables are."""

from __future__ import annotations

from tortoise import Tortoise

from gateway.services.database import statement
from tests.conftest import Engine

Columns = set[tuple[str, str, bool]]
"""Table, column, and whether it may be NULL."""


async def of_the_database(engine: Engine) -> Columns:
    if engine == "postgres":
        found = await statement(
            "SELECT table_name AS t, column_name AS c, is_nullable = 'YES' AS n"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
    else:
        found = await statement(
            'SELECT m.name AS t, p.name AS c, NOT p."notnull" AND NOT p.pk AS n'
            " FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
        )
    return {(row["t"], row["c"], bool(row["n"])) for row in found}


def of_the_models() -> Columns:
    apps = Tortoise.apps
    assert apps is not None
    return {
        (model._meta.db_table, field.source_field or name, field.null)
        for model in apps.get_models_iterable()
        for name, field in model._meta.fields_map.items()
    }


async def test_every_table_has_a_model_with_its_columns(engine: Engine, database: str):
    made = {row for row in await of_the_database(engine) if row[0] != "schema_migration"}
    assert made == of_the_models()


async def test_every_whole_number_has_64_bits(engine: Engine, database: str):
    """SQLite has no other; PostgreSQL has a smaller one, which would overflow in the end."""
    if engine == "postgres":
        sql = (
            "SELECT * FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type NOT IN ('bigint', 'text', 'boolean')"
        )
    else:
        sql = (
            "SELECT p.* FROM sqlite_master m JOIN pragma_table_info(m.name) p"
            " WHERE m.type = 'table' AND p.type NOT IN ('BIGINT', 'TEXT', 'BOOLEAN')"
        )
    assert await statement(sql) == []
