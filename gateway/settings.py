"""Every setting of the gateway: read once, checked, and frozen.

A setting comes from an environment variable, else from the TOML file that `LOYALTY_CONFIG` names,
else it has its default. In the file it has the name of its field. A wrong value, and a name that
is no setting, stop the start with a message that says what is allowed: a typo is never a default.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar
from urllib.parse import urlsplit

from gateway.errors import ConfigurationError

T = TypeVar("T")

SECRET_KEY_CHARACTERS = 32
"""Fewest characters of a secret key."""

SECRET_KEY_FILE = "secret.key"
"""Name of the file in the data directory that holds a secret key made by the gateway."""

CONFIG_VARIABLE = "LOYALTY_CONFIG"
_SQLITE = "sqlite:///"


class Parser(NamedTuple):
    """How the text of a setting becomes its value, and the words for what is allowed."""

    allowed: str
    read: Callable[[str], Any]
    """Raise ValueError, without the value in its message, when the text is not allowed."""


class Variable(NamedTuple):
    """One row of the configuration table, as text."""

    name: str
    default: str
    meaning: str
    allowed: str


def _whole(low: int, high: int) -> Parser:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 12 and low <= int(text) <= high):
            raise ValueError
        return int(text)

    return Parser(f"a whole number, {low} to {high}", read)


def _choice(*options: str) -> Parser:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError
        return text

    return Parser(" or ".join(options), read)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.lower()]


def _text(text: str) -> str:
    if not text or text != text.strip() or not text.isprintable():
        raise ValueError
    return text


def _path(text: str) -> Path:
    return Path(_text(text)).expanduser()


def _secret(text: str) -> str:
    if len(_text(text)) < SECRET_KEY_CHARACTERS:
        raise ValueError
    return text


def _database_url(text: str) -> str:
    if text.startswith(_SQLITE):
        name = _text(text).removeprefix(_SQLITE)
        if not name or name.startswith(":") or name.endswith("/"):
            raise ValueError
        return text
    parts = urlsplit(_text(text))
    in_range = parts.port is None or parts.port > 0
    named = parts.hostname and parts.path.strip("/")
    if parts.scheme not in ("postgres", "postgresql") or not named or not in_range:
        raise ValueError
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in text.split(","))
    for origin in origins:
        parts = urlsplit(origin)
        bare = f"{parts.scheme}://{parts.netloc}"
        if origin != "*" and (parts.scheme not in ("http", "https") or origin.lower() != bare):
            raise ValueError
    return origins


_BOOLEAN = Parser("true or false", _boolean)
_DEVELOPMENT_ONLY = "true in development, else false"


def _setting(default: T, parser: Parser, meaning: str, shown: str | None = None) -> T:
    """Declare a field with its parser; `shown` is the default in words where it is derived."""
    return field(
        default=default, metadata={"parser": parser, "meaning": meaning, "default": shown}
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. `load` reads them; built by hand, no value is checked."""

    environment: Literal["development", "production"] = _setting(
        "production",
        _choice("development", "production"),
        "Development opens GraphiQL and introspection, unless these are set themselves",
    )
    data_dir: Path = _setting(
        Path("data"), Parser("a directory", _path), "Where the gateway keeps files of its own"
    )
    database_url: str = _setting(
        "sqlite:///data/loyalty.db",
        Parser("sqlite:///relative, sqlite:////absolute or postgres://user@host/name", _database_url),
        "The database. The text after sqlite:/// is taken as it is, without percent-decoding",
        "sqlite:/// and loyalty.db in the data directory",
    )
    host: str = _setting("127.0.0.1", Parser("a host name or an address", _text), "Listen here")
    port: int = _setting(8000, _whole(0, 65535), "Listen on this port; 0 takes a free one")
    secret_key: str | None = _setting(
        None,
        Parser(f"at least {SECRET_KEY_CHARACTERS} printable characters", _secret),
        "Signs customer tokens and quotes; the same in every process of one installation",
        f"made once, in {SECRET_KEY_FILE} in the data directory",
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", _choice("debug", "info", "warning", "error"), "The least grave event to log"
    )
    cors_origins: tuple[str, ...] = _setting(
        (),
        Parser("origins such as https://shop.example parted by commas, or *", _origins),
        "Web pages of these origins may call the gateway from a browser",
        "none",
    )
    introspection: bool = _setting(
        False, _BOOLEAN, "Answer questions about the schema", _DEVELOPMENT_ONLY
    )
    graphiql: bool = _setting(
        False, _BOOLEAN, "Serve GraphiQL, the page to try queries on", _DEVELOPMENT_ONLY
    )
    token_audience: str = _setting(
        "loyalty-gateway",
        Parser("a name without spaces at its ends", _text),
        "The aud claim that a customer token must carry",
    )
    customer_token_seconds: int = _setting(
        900, _whole(60, 86_400), "How long a customer token made by the gateway is good for"
    )
    credential_cache_seconds: int = _setting(
        2, _whole(0, 300), "How long a revoked key may still work in another process"
    )
    max_body_bytes: int = _setting(
        100_000, _whole(1_000, 10_000_000), "The largest request body that is read"
    )
    lane_count: int = _setting(
        2, _whole(1, 16), "Lanes that write at once, on PostgreSQL; SQLite has one writer"
    )
    lane_batch_size: int = _setting(
        256, _whole(1, 512), "Most commands that share one transaction"
    )
    lane_queue_size: int = _setting(
        4096, _whole(1, 1_000_000), "Commands that may wait for a lane; more are refused"
    )
    database_pool_size: int = _setting(
        10, _whole(1, 200), "Most connections for reads, on PostgreSQL, beside those of the lanes"
    )
    sqlite_busy_timeout_ms: int = _setting(
        5_000, _whole(0, 60_000), "How long to wait for another process that writes to SQLite"
    )
    sweep_seconds: int = _setting(
        30, _whole(1, 3_600), "Seconds between two sweeps of overdue holds and expired points"
    )
    retention_days: int = _setting(
        45, _whole(30, 3_650), "How long the outcome of an idempotency key is kept"
    )

    @property
    def engine(self) -> Literal["sqlite", "postgres"]:
        """The database that `database_url` names."""
        return "sqlite" if self.database_url.startswith(_SQLITE) else "postgres"

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database, relative to the working directory; None on PostgreSQL."""
        if self.engine == "postgres":
            return None
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def signing_key(self) -> str:
        """The secret key. Raise ConfigurationError while there is none: nothing signs without."""
        if self.secret_key is None:
            raise ConfigurationError("LOYALTY_SECRET_KEY is not set, and no key was made yet.")
        return self.secret_key

    def describe(self) -> dict[str, str]:
        """Every setting by field name, fit for a log: no secret key and no password in it."""
        shown = {item.name: str(getattr(self, item.name)) for item in fields(self)}
        shown["secret_key"] = "not set" if self.secret_key is None else "set"
        shown["cors_origins"] = ",".join(self.cors_origins)
        shown["database_url"] = _without_password(self.database_url)
        return shown

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{key}={text!r}' for key, text in self.describe().items())})"


def _without_password(url: str) -> str:
    if url.startswith(_SQLITE):
        return url
    parts = urlsplit(url)
    user, at, server = parts.netloc.rpartition("@")
    hidden = f"{user.partition(':')[0]}:***" if ":" in user else user
    # A query may hold a password as well, under any of libpq's names.
    return parts._replace(netloc=hidden + at + server, query="***" if parts.query else "").geturl()


def variable(name: str) -> str:
    """The environment variable of the field `name`."""
    return "DATABASE_URL" if name == "database_url" else f"LOYALTY_{name.upper()}"


def variables() -> tuple[Variable, ...]:
    """The configuration table: every variable with its default, meaning and allowed values."""
    rows = [Variable(CONFIG_VARIABLE, "none", "A TOML file with settings", "a file")]
    for item in fields(Settings):
        shown = item.metadata["default"] or str(item.default)
        parser: Parser = item.metadata["parser"]
        rows.append(Variable(variable(item.name), shown, item.metadata["meaning"], parser.allowed))
    return tuple(rows)


def load(environ: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings; `file` goes before the one that `LOYALTY_CONFIG` names.

    Change nothing on disk. Raise ConfigurationError for a wrong value, an unknown `LOYALTY_…`
    variable, an unknown key in the file, and a file that cannot be read.
    """
    values: dict[str, Any] = {}
    texts = _from_file(file, environ) | _from_environment(environ)
    parsers: dict[str, Parser] = {item.name: item.metadata["parser"] for item in fields(Settings)}
    for name, (source, text) in texts.items():
        try:
            values[name] = parsers[name].read(text)
        except (ValueError, KeyError):
            raise ConfigurationError(_complaint(name, source, text, parsers[name])) from None
    development = values.get("environment") == "development"
    data_dir = values.get("data_dir", Path("data"))
    derived = {
        "introspection": development,
        "graphiql": development,
        "database_url": f"{_SQLITE}{data_dir}/loyalty.db",
    }
    return Settings(**(derived | values))


def ensure_secret_key(settings: Settings) -> Settings:
    """Give `settings` with a secret key: its own, or the one kept in the data directory.

    The first process makes that one, readable to its user only; of several that start together
    all get the same. Raise ConfigurationError when it can be neither read nor made.
    """
    if settings.secret_key is not None:
        return settings
    path = settings.data_dir / SECRET_KEY_FILE
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return replace(settings, secret_key=_secret(path.read_text("utf-8").strip()))
    except (OSError, ValueError) as error:
        reason = f"{path} cannot serve as the secret key ({error or 'it is too short'})"
        raise ConfigurationError(f"LOYALTY_SECRET_KEY is not set, and {reason}.") from error


def _write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all, and never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text + "\n")
        draft.hardlink_to(path) if False else os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first: its key is the key.
    finally:
        draft.unlink(missing_ok=True)


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = {variable(item.name): item.name for item in fields(Settings)}
    for name in sorted(environ):
        if name.startswith("LOYALTY_") and name not in names and name != CONFIG_VARIABLE:
            raise ConfigurationError(f"{name} is no setting. There are: {', '.join(names)}.")
    return {names[key]: (key, text) for key, text in environ.items() if key in names}


def _from_file(file: Path | None, environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    path = file or (Path(environ[CONFIG_VARIABLE]) if CONFIG_VARIABLE in environ else None)
    if path is None:
        return {}
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{CONFIG_VARIABLE}: {path} cannot be read: {error}.") from error
    names = [item.name for item in fields(Settings)]
    for key in content:
        if key not in names:
            raise ConfigurationError(f"{key} in {path} is no setting. There are: {', '.join(names)}.")
    return {key: (f"{key} in {path}", _as_text(value)) for key, value in content.items()}


def _as_text(value: object) -> str:
    """A TOML value as the environment would give it; what it could not give becomes empty."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(_as_text(item) for item in value)
    return str(value) if isinstance(value, (int, str)) else ""


def _complaint(name: str, source: str, text: str, parser: Parser) -> str:
    secret = name in ("secret_key", "database_url")
    problem = "is empty" if not text else "is not allowed" if secret else f"is {text!r}"
    return f"{source} {problem}; allowed: {parser.allowed}."
