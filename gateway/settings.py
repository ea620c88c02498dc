"""Every setting of the gateway: read once, checked, and frozen.

A setting comes from an environment variable, else from the TOML file that `LOYALTY_CONFIG` names,
else it has its default. In the file it has the name of its field. A wrong value, and a name that
is no setting, stop the start with a message that says what is allowed: a typo is never a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, cast

from gateway import setting_values as allow
from gateway.errors import ConfigurationError
from gateway.throttling.bucket import Rate
from gateway.throttling.rates import RATE

CONFIG_VARIABLE = "LOYALTY_CONFIG"
SECRET = allow.secret(characters=32)
"""What may be a secret key."""
SECRET_KEY_FILE = "secret.key"  # noqa: S105 - the name of a file
"""Name of the file in the data directory that holds a secret key made by the gateway."""

_DEVELOPMENT_ONLY = "true in development, else false"
_DERIVED = ("introspection", "graphiql", "webhook_allow_private")
T = TypeVar("T")


class Variable(NamedTuple):
    """One row of the configuration table, as text."""

    name: str
    default: str
    meaning: str
    allowed: str


def _setting(default: T, parser: allow.Parser, meaning: str, shown: str | None = None) -> T:
    """Declare a field with its parser; `shown` is the default in words where it is derived."""
    return field(default=default, metadata={"parser": parser, "meaning": meaning, "default": shown})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. `load` checks them and derives one from another.

    Built by hand, as tests do, every field is what it is given or its plain default.
    """

    environment: Literal["development", "production"] = _setting(
        "production",
        allow.choice("development", "production"),
        "Development opens GraphiQL, introspection and private webhooks, unless these are set",
    )
    data_dir: Path = _setting(
        Path("data"), allow.DIRECTORY, "Where the gateway keeps files of its own"
    )
    database_url: str = _setting(
        "sqlite:///data/loyalty.db",
        allow.DATABASE,
        "The database; what follows sqlite:/// is a path as it is, without percent-decoding",
        "sqlite:/// and loyalty.db in the data directory",
    )
    host: str = _setting("127.0.0.1", allow.HOST, "Listen here")
    port: int = _setting(8000, allow.whole(0, 65535), "Listen on this port; 0 takes a free one")
    secret_key: str | None = _setting(
        None,
        SECRET,
        "Signs customer tokens and quotes; the same in every process of one installation",
        f"made once, in {SECRET_KEY_FILE} in the data directory",
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", allow.choice("debug", "info", "warning", "error"), "The least grave event to log"
    )
    access_log: bool = _setting(
        True,
        allow.BOOLEAN,
        "Write one log line for each request",
        "true in production, else false",
    )
    metrics: Literal["off", "on"] = _setting(
        "off", allow.choice("off", "on"), "Count, and serve the counts to Prometheus at /metrics"
    )
    metrics_token: str | None = _setting(
        None,
        allow.secret(characters=16),
        "Whoever bears it may read /metrics",
        "none: only direct callers on the same machine may",
    )
    drain_seconds: int = _setting(
        0,
        allow.whole(0, 300),
        "How long to go on serving after SIGTERM while /readyz says 503, before connections close",
    )
    cors_origins: tuple[str, ...] = _setting(
        (),
        allow.ORIGINS,
        "Web pages of these origins may call for every merchant, besides each one's own list",
        "none",
    )
    introspection: bool = _setting(
        False, allow.BOOLEAN, "Answer questions about the schema", _DEVELOPMENT_ONLY
    )
    graphiql: bool = _setting(
        False, allow.BOOLEAN, "Serve GraphiQL, the page to try queries on", _DEVELOPMENT_ONLY
    )
    console: bool = _setting(True, allow.BOOLEAN, "Serve the merchant console at /console", "true")
    console_url: str | None = _setting(
        None,
        allow.ORIGIN,
        "Where staff reach the gateway, for the links that the command line prints",
        "http:// and the address that is listened on",
    )
    session_seconds: int = _setting(
        43_200, allow.whole(300, 2_592_000), "How long staff stay signed in to the console"
    )
    session_idle_seconds: int = _setting(
        3_600, allow.whole(60, 2_592_000), "The same, while nothing is done there"
    )
    federation: bool = _setting(
        False,
        allow.BOOLEAN,
        "Be a subgraph of Apollo Federation 2: answer _entities and _service",
        "false",
    )
    trusted_documents: tuple[Path, ...] = _setting(
        (), allow.PATHS, "Manifests of documents that may be run by their ids", "none"
    )
    trusted_only: bool = _setting(
        False, allow.BOOLEAN, "Run the documents of these manifests and nothing else", "false"
    )
    token_audience: str = _setting(
        "loyalty-gateway", allow.NAME, "The aud claim that a customer token must carry"
    )
    customer_token_seconds: int = _setting(
        900, allow.whole(60, 86_400), "How long a customer token made by the gateway is good for"
    )
    credential_cache_seconds: int = _setting(
        2, allow.whole(0, 300), "How long a revoked key or origin may work in another process"
    )
    max_body_bytes: int = _setting(
        100_000, allow.whole(1_000, 10_000_000), "The largest request body that is read"
    )
    body_seconds: int = _setting(
        15, allow.whole(1, 300), "How long a request body may take to arrive"
    )
    max_cost: int = _setting(
        2_000, allow.whole(100, 1_000_000), "The most that one operation may cost, in units"
    )
    forwarded_allow_ips: tuple[str, ...] = _setting(
        ("127.0.0.1", "::1"),
        allow.ADDRESSES,
        "Proxies whose X-Forwarded-For is believed; every other client is its own address",
        "127.0.0.1,::1",
    )
    rate_customer: Rate | None = _setting(
        Rate(1_000, 10_000), RATE, "What one customer may ask for, with all its tokens"
    )
    rate_address: Rate | None = _setting(
        Rate(1_000, 10_000),
        RATE,
        "What one client address may ask for with one publishable key, or with no credential",
    )
    rate_publishable_key: Rate | None = _setting(
        Rate(50_000, 500_000), RATE, "What all addresses together may ask for with one such key"
    )
    rate_backend: Rate | None = _setting(
        None, RATE, "What one Secret Webhook ID or admin key may ask for", "off"
    )
    rate_unknown_keys: Rate | None = _setting(
        Rate(1, 100),
        RATE,
        "Look-ups of unknown keys for one client address; here each look-up costs 1",
    )
    redemptions_per_hour: int = _setting(
        120, allow.whole(0, 1_000_000), "Redemptions started for one customer; 0: any number"
    )
    rate_storage: Literal["auto", "memory", "database"] = _setting(
        "auto",
        allow.choice("auto", "memory", "database"),
        "Where limits are kept; several machines share them in the database (PostgreSQL)",
    )
    subscriptions: bool = _setting(
        True, allow.BOOLEAN, "Serve subscriptions, over WebSocket and server-sent events", "true"
    )
    subscriptions_per_customer: int = _setting(
        5, allow.whole(1, 1_000), "Most open subscriptions of one customer, in one process"
    )
    subscriptions_per_process: int = _setting(
        5_000,
        allow.whole(1, 1_000_000),
        "Most open subscriptions and WebSockets in one process",
    )
    lane_count: int = _setting(
        2, allow.whole(1, 16), "Lanes that write at once, on PostgreSQL; SQLite has one writer"
    )
    lane_batch_size: int = _setting(
        256, allow.whole(1, 512), "Most commands that share one transaction"
    )
    lane_queue_size: int = _setting(
        4096, allow.whole(1, 1_000_000), "Commands that may wait for a lane; more are refused"
    )
    database_pool_size: int = _setting(
        4,
        allow.whole(1, 100),
        "Most connections off the hot path, on PostgreSQL; the ledger has its own",
    )
    sqlite_busy_timeout_ms: int = _setting(
        5_000, allow.whole(0, 60_000), "How long to wait for another process that writes to SQLite"
    )
    sweep_seconds: int = _setting(
        30, allow.whole(1, 3_600), "Seconds between two sweeps of overdue holds and expired points"
    )
    figures_seconds: int = _setting(
        20, allow.whole(1, 3_600), "Seconds between two looks for what metrics have to count"
    )
    retention_days: int = _setting(
        45,
        allow.whole(30, 3_650),
        "How long outcomes of idempotency keys, events and webhook deliveries are kept",
    )
    workers: Literal["inside", "apart"] = _setting(
        "inside",
        allow.choice("inside", "apart"),
        "Whether the serving process also does what `loyalty work` does",
    )
    webhook_timeout_seconds: int = _setting(
        15, allow.whole(1, 30), "How long one attempt to send a webhook may take"
    )
    webhook_concurrency: int = _setting(
        64,
        allow.whole(1, 1_000),
        "Webhooks that one process sends at once; to one endpoint a quarter of them",
    )
    webhook_allow_private: bool = _setting(
        False,
        allow.BOOLEAN,
        "Webhooks may go to private addresses and to http on this machine",
        _DEVELOPMENT_ONLY,
    )

    @property
    def engine(self) -> Literal["sqlite", "postgres"]:
        """The database that `database_url` names."""
        return "sqlite" if self.database_url.startswith(allow.SQLITE) else "postgres"

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database, relative to the working directory; None on PostgreSQL."""
        path = Path(self.database_url.removeprefix(allow.SQLITE))
        return path if self.engine == "sqlite" else None

    @property
    def signing_key(self) -> str:
        """The secret key. Raise ConfigurationError while there is none: nothing signs without."""
        if self.secret_key is None:
            raise ConfigurationError("LOYALTY_SECRET_KEY is not set, and no key was made yet.")
        return self.secret_key

    def describe(self) -> dict[str, str]:
        """Every setting by field name, fit for a log: no secret key and no password in it."""
        return {item.name: str(getattr(self, item.name)) for item in fields(self)} | {
            "secret_key": "not set" if self.secret_key is None else "set",
            "metrics_token": "not set" if self.metrics_token is None else "set",
            "cors_origins": ",".join(self.cors_origins),
            "forwarded_allow_ips": ",".join(self.forwarded_allow_ips),
            "database_url": allow.without_password(self.database_url),
        }

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{key}={text!r}' for key, text in self.describe().items())})"


_PARSERS = {item.name: cast(allow.Parser, item.metadata["parser"]) for item in fields(Settings)}


def variable(name: str) -> str:
    """The environment variable of the field `name`."""
    return "DATABASE_URL" if name == "database_url" else f"LOYALTY_{name.upper()}"


def variables() -> tuple[Variable, ...]:
    """The configuration table: every variable with its default, meaning and allowed values."""
    rows = [Variable(CONFIG_VARIABLE, "none", "A TOML file with settings", "a file")]
    for item in fields(Settings):
        shown = item.metadata["default"] or str(item.default)
        allowed = _PARSERS[item.name].allowed
        rows.append(Variable(variable(item.name), shown, item.metadata["meaning"], allowed))
    return tuple(rows)


def load(environ: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings; `file` goes before the one that `LOYALTY_CONFIG` names.

    Change nothing on disk. Raise ConfigurationError for a wrong value, an unknown `LOYALTY_…`
    variable, an unknown key in the file, and a file that cannot be read.
    """
    texts = _from_file(file, environ) | _from_environment(environ)
    values = {name: _read(name, source, text) for name, (source, text) in texts.items()}
    development = values.get("environment") == "development"
    database_url = f"{allow.SQLITE}{values.get('data_dir', 'data')}/loyalty.db"
    derived: dict[str, Any] = dict.fromkeys(_DERIVED, development)
    derived["access_log"] = not development
    derived["database_url"] = database_url
    return Settings(**(derived | values))


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = {variable(name): name for name in _PARSERS}
    for name in sorted(environ):
        if name.startswith("LOYALTY_") and name not in names and name != CONFIG_VARIABLE:
            raise ConfigurationError(f"{name} is no setting. There are: {', '.join(names)}.")
    return {names[key]: (key, text) for key, text in environ.items() if key in names}


def _from_file(file: Path | None, environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    if file is None and CONFIG_VARIABLE not in environ:
        return {}
    path = file or Path(environ[CONFIG_VARIABLE])
    try:
        content = allow.read_toml(path)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{CONFIG_VARIABLE}: {path} cannot be read: {error}.") from error
    for key in content:
        if key not in _PARSERS:
            names = ", ".join(_PARSERS)
            raise ConfigurationError(f"{key} in {path} is no setting. There are: {names}.")
    return {key: (f"{key} in {path}", text) for key, text in content.items()}


def _read(name: str, source: str, text: str) -> Any:  # noqa: ANN401 - the parser decides the type
    parser = _PARSERS[name]
    try:
        return parser.read(text)
    except ValueError:
        # The text of a secret must not reach a log, not even a wrong one.
        hidden = name in ("secret_key", "database_url", "metrics_token")
        problem = "is empty" if not text else "is not allowed" if hidden else f"is {text!r}"
        raise ConfigurationError(f"{source} {problem}; allowed: {parser.allowed}.") from None
