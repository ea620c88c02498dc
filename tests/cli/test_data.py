"""Commands that look after the data: migrate, seed, verify."""

from __future__ import annotations

import json
import sqlite3

from click.testing import CliRunner

from gateway.cli import main
from tests.cli.conftest import Loyalty
from tests.cli.running import Place


def test_migrating_twice_changes_nothing(loyalty: Loyalty):
    assert "applied 0001_initial" in loyalty("migrate").stdout
    assert loyalty("migrate").stdout == "nothing to do: the database is up to date\n"


def test_seeding_prints_keys_and_verify_finds_the_ledger_sound_until_it_is_broken(
    place: Place, loyalty: Loyalty
):
    seeded = loyalty("seed", "--customers", "250", "--json")
    keys = json.loads(seeded.stdout)
    assert sorted(keys) == [
        "adminKey",
        "customers",
        "endpoint",
        "publishableKey",
        "secretWebhookId",
    ]
    sound = loyalty("verify")
    assert sound.stdout.endswith("the ledger is sound\n")
    assert "FAIL" not in sound.stdout

    with sqlite3.connect(place.folder / "loyalty.db") as db:
        balance = "SELECT sum(available), count(*) FROM account WHERE wallet = 'COINS'"
        assert db.execute(balance).fetchone() == (250 * 500, 250)
        first = "(SELECT customer_id FROM account ORDER BY customer_id LIMIT 1)"
        db.execute(f"UPDATE account SET available = available + 1 WHERE customer_id = {first}")  # noqa: S608 - fixed text
    db.close()
    broken = CliRunner().invoke(main, ["verify"])
    assert broken.exit_code == 1
    assert "FAIL" in broken.stdout
    assert broken.stdout.endswith("the ledger is BROKEN\n")
    report = place.run("verify", "--json")  # once for real
    assert report.returncode == 1
    checks = json.loads(report.stdout)["checks"]
    assert any(check["violation_count"] for check in checks)
