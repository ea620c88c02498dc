"""Settings: what is read, what is refused, and what is never shown."""

from __future__ import annotations

import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from gateway.errors import ConfigurationError
from gateway.secret_key import ensure_secret_key
from gateway.settings import Settings, load, variable, variables

KEY = "k" * 32
PASSWORD_URL = "postgres://shop:s3cret-word@db.example:5432/loyalty?password=s3cret-word"


def toml(directory: Path, text: str) -> Path:
    path = directory / "loyalty.toml"
    path.write_text(text, "utf-8")
    return path


def test_with_nothing_set_it_is_a_closed_production_gateway_on_sqlite():
    settings = load({})
    assert settings == Settings()
    assert (settings.environment, settings.engine) == ("production", "sqlite")
    assert (settings.introspection, settings.graphiql) == (False, False)
    assert settings.sqlite_path == Path("data/loyalty.db")


def test_development_opens_introspection_and_graphiql_unless_they_are_set():
    settings = load({"LOYALTY_ENVIRONMENT": "development", "LOYALTY_GRAPHIQL": "false"})
    assert (settings.introspection, settings.graphiql) == (True, False)
    opened = load({"LOYALTY_ENVIRONMENT": "production", "LOYALTY_INTROSPECTION": "true"})
    assert (opened.introspection, opened.graphiql) == (True, False)


def test_the_default_database_lies_in_the_data_directory():
    assert load({"LOYALTY_DATA_DIR": "/srv/shop"}).sqlite_path == Path("/srv/shop/loyalty.db")
    assert load({"LOYALTY_DATA_DIR": "shop"}).sqlite_path == Path("shop/loyalty.db")


@pytest.mark.parametrize(
    ("url", "engine", "path"),
    [
        ("sqlite:///a/b.db", "sqlite", Path("a/b.db")),
        ("sqlite:////a/b.db", "sqlite", Path("/a/b.db")),
        ("sqlite:///my%20shop?.db", "sqlite", Path("my%20shop?.db")),
        ("postgres://user@host/name", "postgres", None),
        ("postgresql://user:word@host:5433/name?sslmode=require", "postgres", None),
    ],
)
def test_a_database_address_names_its_engine_and_file(url: str, engine: str, path: Path | None):
    settings = load({"DATABASE_URL": url})
    assert (settings.engine, settings.sqlite_path) == (engine, path)


def test_the_environment_wins_over_the_file(tmp_path: Path):
    file = toml(tmp_path, 'port = 9000\nhost = "::1"')
    settings = load({"LOYALTY_PORT": "9001"}, file)
    assert (settings.host, settings.port) == ("::1", 9001)


def test_the_file_is_found_through_its_variable_unless_another_is_given(tmp_path: Path):
    environ = {"LOYALTY_CONFIG": str(toml(tmp_path, "port = 9000"))}
    assert load(environ).port == 9000
    other = tmp_path / "other.toml"
    other.write_text("port = 9002", "utf-8")
    assert load(environ, other).port == 9002


def test_the_file_takes_toml_numbers_booleans_and_lists(tmp_path: Path):
    text = 'graphiql = true\nport = 1\ncors_origins = ["https://a.example", "http://b.example:81"]'
    settings = load({}, toml(tmp_path, text))
    assert (settings.graphiql, settings.port) == (True, 1)
    assert settings.cors_origins == ("https://a.example", "http://b.example:81")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LOYALTY_PORT", "65536"),
        ("LOYALTY_PORT", "-1"),
        ("LOYALTY_PORT", " 80"),
        ("LOYALTY_PORT", "٨٠"),
        ("LOYALTY_PORT", "9" * 5000),
        ("LOYALTY_PORT", ""),
        ("LOYALTY_RETENTION_DAYS", "29"),
        ("LOYALTY_LANE_BATCH_SIZE", "513"),
        ("LOYALTY_CUSTOMER_TOKEN_SECONDS", "59"),
        ("LOYALTY_GRAPHIQL", "yes"),
        ("LOYALTY_ENVIRONMENT", "Production"),
        ("LOYALTY_HOST", "local host\n"),
        ("LOYALTY_SECRET_KEY", "k" * 31),
        ("LOYALTY_METRICS", "true"),
        ("LOYALTY_METRICS_TOKEN", "t" * 15),
        ("LOYALTY_DRAIN_SECONDS", "301"),
        ("LOYALTY_CORS_ORIGINS", "https://a.example/path"),
        ("LOYALTY_CORS_ORIGINS", "https://a.example,"),
        ("LOYALTY_CORS_ORIGINS", "https://"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "postgres://user@host"),
        ("DATABASE_URL", "postgres:///name"),
        ("DATABASE_URL", "postgres://user@host:99999/name"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///data/"),
    ],
)
def test_a_wrong_value_is_refused_with_its_variable_and_what_is_allowed(name: str, text: str):
    allowed = next(row.allowed for row in variables() if row.name == name)
    with pytest.raises(ConfigurationError) as caught:
        load({name: text})
    assert name in str(caught.value)
    assert allowed in str(caught.value)


@pytest.mark.parametrize("name", ["LOYALTY_PROT", "LOYALTY_DATABASE_URL", "LOYALTY_"])
def test_an_unknown_variable_is_refused_by_name(name: str):
    with pytest.raises(ConfigurationError, match=f"{name} is no setting.*LOYALTY_PORT"):
        load({name: "1"})


def test_variables_of_other_programs_are_no_concern():
    assert load({"PORT": "no number", "LOYALTYX": "1", "PATH": ""}) == Settings()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("prot = 1", "prot in .* is no setting"),
        ("LOYALTY_PORT = 1", "LOYALTY_PORT in .* is no setting"),
        ("port = 1.5", "port in .* is '1.5'; allowed: a whole number"),
        ("port = true", "port in .* is 'true'; allowed: a whole number"),
        ("[host]\nname = 1", "host in .* is empty; allowed: a host name"),
        ("port = ", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path, text: str, problem: str):
    with pytest.raises(ConfigurationError, match=problem):
        load({}, toml(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ConfigurationError, match=r"LOYALTY_CONFIG: .*none\.toml cannot be read"):
        load({"LOYALTY_CONFIG": str(tmp_path / "none.toml")})


def test_no_text_form_of_the_settings_shows_a_secret():
    settings = load({"DATABASE_URL": PASSWORD_URL, "LOYALTY_SECRET_KEY": KEY})
    shown = f"{settings!r} {settings} {settings.describe()}"
    assert KEY not in shown
    assert "s3cret-word" not in shown
    assert "postgres://shop:***@db.example:5432/loyalty?***" in shown
    assert settings.describe()["secret_key"] == "set"
    bearing = Settings(metrics_token="a token that nobody may see")
    assert "nobody may see" not in f"{bearing!r} {bearing.describe()}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "mysql://shop:s3cret-word@db"),
        ("DATABASE_URL", "postgres://shop@db:s3cret-word/loyalty"),
        ("LOYALTY_SECRET_KEY", "s3cret-word"),
    ],
)
def test_no_complaint_repeats_a_secret_not_even_in_its_traceback(name: str, text: str):
    with pytest.raises(ConfigurationError) as caught:
        load({name: text})
    assert "s3cret-word" not in "".join(traceback.format_exception(caught.value))


def test_the_configuration_table_has_a_full_row_for_every_setting():
    rows = {row.name: row for row in variables()}
    expected = {variable(item.name) for item in fields(Settings)} | {"LOYALTY_CONFIG"}
    assert set(rows) == expected
    assert all(all(row) for row in rows.values())
    assert rows["LOYALTY_PORT"].default == "8000"


def test_every_default_of_the_table_that_is_a_value_is_itself_allowed():
    plain = {row.name: row.default for row in variables() if " " not in row.default}
    for name in ("LOYALTY_CONFIG", "LOYALTY_CORS_ORIGINS", "LOYALTY_TRUSTED_DOCUMENTS"):
        del plain[name]
    assert load(plain) == Settings()


def test_loading_touches_no_disk(tmp_path: Path):
    load({"LOYALTY_DATA_DIR": str(tmp_path / "data")})
    assert list(tmp_path.iterdir()) == []


def test_a_given_secret_key_is_kept_and_nothing_is_written(tmp_path: Path):
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEY)
    assert ensure_secret_key(settings).signing_key == KEY
    assert list(tmp_path.iterdir()) == []


def test_without_a_secret_key_nothing_can_be_signed():
    with pytest.raises(ConfigurationError, match="LOYALTY_SECRET_KEY"):
        _ = Settings().signing_key


def test_a_missing_secret_key_is_made_once_and_only_its_user_can_read_it(tmp_path: Path):
    settings = Settings(data_dir=tmp_path / "deep" / "data")
    first = ensure_secret_key(settings)
    assert ensure_secret_key(settings).signing_key == first.signing_key
    assert len(first.signing_key) >= 32
    (file,) = settings.data_dir.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ensure_secret_key(Settings(data_dir=tmp_path)).signing_key != first.signing_key


def test_processes_that_start_together_agree_on_one_secret_key(tmp_path: Path):
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: ensure_secret_key(settings).signing_key, range(64)))
    assert len(set(keys)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_damaged_key_file_stops_the_start_and_is_left_as_it_is(tmp_path: Path):
    file = tmp_path / "secret.key"
    file.write_text("short", "utf-8")
    with pytest.raises(ConfigurationError, match=r"LOYALTY_SECRET_KEY.*too short"):
        ensure_secret_key(Settings(data_dir=tmp_path))
    assert file.read_text("utf-8") == "short"


def test_a_data_directory_that_cannot_be_made_is_a_configuration_error(tmp_path: Path):
    (tmp_path / "data").write_text("a file", "utf-8")
    with pytest.raises(ConfigurationError, match="LOYALTY_SECRET_KEY"):
        ensure_secret_key(Settings(data_dir=tmp_path / "data"))
