"""Migrations: once each, whole or not at all, from any number of processes, over real rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest

import models.migrate
from gateway.ledger.programs import decode, encode
from gateway.rules.earning_rules import NO_EARNING
from gateway.rules.program import Program
from gateway.services.database import close_database, open_database, statement
from gateway.settings import Settings
from models.migrate import SQLITE_OPTIONS, migrate, migrations, pending
from tests.models.examples import GOOD
from tests.models.test_constraints import insert
from tests.models.together import run_together

OWN = [migration.version for migration in migrations(SQLITE_OPTIONS)]
REBUILD = """\
-- A rebuild of a parent table, as SQLite needs one for a change that it cannot make in place.
CREATE TABLE merchant_next (id BIGINT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL);
INSERT INTO merchant_next SELECT id, name, 'none; yet' FROM merchant;
ALTER TABLE custom_checkout ADD COLUMN seal TEXT;
UPDATE custom_checkout SET seal = 'x' WHERE enabled;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The gateway's own migrations, with room for more."""
    own = Path(models.migrate.__file__).parent / "migrations"
    return Path(shutil.copytree(own, tmp_path / "migrations"))


async def read(url: str, sql: str) -> list[tuple[object, ...]]:
    await open_database(Settings(database_url=url))
    try:
        return [tuple(row.values()) for row in await statement(sql)]
    finally:
        await close_database()


async def populate(url: str) -> None:
    await open_database(Settings(database_url=url))
    for table, row in GOOD.items():
        await insert(table, row)
    await close_database()


async def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    columns = {table: ", ".join(row) for table, row in GOOD.items()}
    return {
        table: await read(url, f"SELECT {columns[table]} FROM {table}")  # noqa: S608 - fixed names
        for table in GOOD
    }


async def test_a_second_run_finds_nothing_to_do(database_url: str):
    assert await pending(database_url) == OWN
    assert await migrate(database_url) == OWN
    assert await migrate(database_url) == []
    assert await pending(database_url) == []


async def test_asking_what_is_pending_makes_no_table(database_url: str):
    await pending(database_url)
    assert await pending(database_url) == OWN


async def test_of_four_processes_one_migrates_and_all_are_content(database_url: str):
    script = (
        "import asyncio, sys; from models.migrate import migrate\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(*asyncio.run(migrate(sys.argv[1])))"
    )
    printed = await run_together(4, script, database_url)
    assert sorted(printed) == ["", "", "", " ".join(OWN)]
    assert await pending(database_url) == []


async def test_a_later_migration_keeps_the_rows(database_url: str, folder: Path):
    await migrate(database_url, folder)
    await populate(database_url)
    before = await contents(database_url)
    (folder / "9001_next.sql").write_text(REBUILD, "utf-8")

    assert await pending(database_url, folder) == ["9001_next"]
    assert await migrate(database_url, folder) == ["9001_next"]

    assert await contents(database_url) == before
    assert all(len(rows) == 1 for rows in before.values())
    assert await read(database_url, "SELECT * FROM merchant_next") == [(1, "Shop", "none; yet")]
    assert await read(database_url, "SELECT seal FROM custom_checkout") == [("x",)]


async def test_replacing_a_parent_table_leaves_its_children_alone(database_url: str, folder: Path):
    """On SQLite with foreign keys on, dropping a parent would delete or refuse its children."""
    if database_url.startswith("postgres"):
        replace = "ALTER TABLE merchant ADD COLUMN note TEXT;"
    else:
        replace = (
            "CREATE TABLE next AS SELECT *, NULL AS note FROM merchant;\n"
            "DROP TABLE merchant;\nALTER TABLE next RENAME TO merchant;"
        )
    await migrate(database_url, folder)
    await populate(database_url)
    before = await contents(database_url)
    (folder / "9001_next.sql").write_text(replace, "utf-8")
    await migrate(database_url, folder)
    assert await contents(database_url) == before


async def test_a_migration_that_fails_half_way_leaves_nothing(database_url: str, folder: Path):
    await migrate(database_url, folder)
    await populate(database_url)
    bad = "CREATE TABLE half (n BIGINT);\nDELETE FROM lot;\nINSERT INTO nowhere VALUES (1);"
    (folder / "9001_bad.sql").write_text(bad, "utf-8")
    with pytest.raises(Exception, match="nowhere"):
        await migrate(database_url, folder)
    assert await pending(database_url, folder) == ["9001_bad"]
    assert await read(database_url, "SELECT count(*) FROM lot") == [(1,)]
    (folder / "9001_bad.sql").write_text("CREATE TABLE half (n BIGINT);", "utf-8")
    assert await migrate(database_url, folder) == ["9001_bad"]


async def test_migrations_run_in_the_order_of_their_numbers(database_url: str, folder: Path):
    (folder / "9010_third.sql").write_text("INSERT INTO steps VALUES (3);", "utf-8")
    (folder / "9001_second.sql").write_text("CREATE TABLE steps (n BIGINT);", "utf-8")
    assert await migrate(database_url, folder) == [*OWN, "9001_second", "9010_third"]


async def test_merchants_of_before_there_was_earning_get_its_settings(
    database_url: str, folder: Path
):
    later = [path for path in folder.glob("*.sql") if path.name >= "0007"]
    texts = {path: path.read_text("utf-8") for path in later}
    for path in later:
        path.unlink()
    await migrate(database_url, folder)
    await open_database(Settings(database_url=database_url))
    await insert("merchant", GOOD["merchant"])
    await close_database()
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    await migrate(database_url, folder)
    found = await read(database_url, "SELECT * FROM earning_program")
    default = (1, 0, 31_536_000, 1_209_600, "POINTS_EARNED", "[]", "[]", "[]")
    assert found == [default]
    assert default[1:4] == (
        NO_EARNING.return_window_seconds,
        NO_EARNING.expiry_seconds,
        NO_EARNING.reminder_seconds,
    )


async def test_a_demand_for_lines_of_before_it_was_part_of_programs_is_kept(
    database_url: str, folder: Path
):
    later = [path for path in folder.glob("*.sql") if path.name >= "0006"]
    for path in later:
        path.rename(path.with_suffix(".later"))
    await migrate(database_url, folder)
    await open_database(Settings(database_url=database_url))
    for merchant_id, demanded in ((1, True), (2, False)):
        of_merchant = {"merchant_id": merchant_id}
        await insert("merchant", GOOD["merchant"] | {"id": merchant_id, "program_version": 2})
        checkout = GOOD["custom_checkout"] | of_merchant | {"order_lines_required": demanded}
        await insert("custom_checkout", checkout)
        for version in (1, 2):
            program = Program(merchant_id=merchant_id, version=version, currency="INR")
            body = _without_lines(program)
            row = {"version": version, "body": body, "created_at": 1}
            await insert("program", of_merchant | row)
    await close_database()
    for path in later:
        path.with_suffix(".later").rename(path)

    await migrate(database_url, folder)

    bodies = await read(database_url, "SELECT body FROM program ORDER BY merchant_id, version")
    programs = [decode(str(body)) for (body,) in bodies]
    assert [each.order_lines_required for each in programs] == [False, True, False, False]


def _without_lines(program: Program) -> str:
    """The stored form of before."""
    body: dict[str, object] = orjson.loads(encode(program))
    del body["order_lines_required"], body["earning"]
    return orjson.dumps(body).decode()
