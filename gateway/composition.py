"""The parts of one process: each is made here once, and handed to those who need it."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from gateway.admission.door import Admission
from gateway.admission.making import make as make_limits
from gateway.auth import Authenticator
from gateway.errors import ConfigurationError
from gateway.http.checkout_webhook import CheckoutWebhook
from gateway.http.console.session import ConsoleDoor
from gateway.http.graphql import GraphQLEndpoint
from gateway.http.lasting import Lasting
from gateway.http.making import document_cache, make_persisted, trust_manifests
from gateway.http.order_webhook import OrderWebhook
from gateway.http.pipeline import Pipeline
from gateway.http.websocket.endpoint import WebSocketEndpoint
from gateway.ids import IdMaker
from gateway.ledger.lanes import Ledger
from gateway.ledger.programs import ProgramCache
from gateway.ledger.store import Store
from gateway.reception import Reception
from gateway.services.awards import Awards
from gateway.services.cart_keeping import CartKeeping
from gateway.services.changes import Changes
from gateway.services.database import close_database, open_database
from gateway.services.directory import Directory
from gateway.services.inbound import INBOX, Inbound
from gateway.services.order_source_secrets import SourceSecrets
from gateway.services.origins import Origins
from gateway.services.quotes import Quotes
from gateway.services.rate_forgetting import Forgetting
from gateway.services.redacting import REDACTORS
from gateway.services.rollups import Rollups
from gateway.services.runtime import Runtime
from gateway.services.sightings import EVERY_SECONDS as NOTE_SECONDS
from gateway.services.sign_in import SignIn
from gateway.services.staff_sessions import Lives, Tidying
from gateway.services.sweeper import Sweeper
from gateway.services.tier_reviews import TierReviews
from gateway.services.tokens import TokenService
from gateway.services.versions import Versions
from gateway.services.webhook_endpoints import Vault
from gateway.services.work import Job, Workers
from gateway.settings import Settings
from gateway.telemetry import log, log_failure
from gateway.telemetry.traces import Tracing
from gateway.throttling.guesses import Guesses
from gateway.webhooks.making import Webhooks, make_outbox
from models.migrate import pending
from resolvers.build import build_schema, executable

if TYPE_CHECKING:
    from gateway.services.notices import Notices

DRAIN_SECONDS = 10
SPARE_SECONDS = 5
"""For what is underway to be written down, after the longest attempt to send a webhook."""
WARM_AFTER_SECONDS = 1
Clock = Callable[[], int]


def wall_clock() -> int:
    """Microseconds since the epoch, UTC. The only clock; everything else is told the time."""
    return time.time_ns() // 1000


class Gateway:
    """All parts of one process. `start` and `stop` are called by the server's lifespan."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock = wall_clock,
        graphiql_html: bytes | None = None,
        tracing: Tracing | None = None,
        *,
        serves: bool = True,
    ) -> None:
        """Make the parts; nothing is opened before `start`. A worker's process does not serve."""
        self.serves = serves
        self._made = _makers(tracing)
        self.settings = settings
        programs = ProgramCache()
        self.changes = Changes(
            settings.subscriptions_per_customer, settings.subscriptions_per_process
        )
        self.store = _store(settings, programs)
        ledger = self._made.ledger(
            self.store,
            clock,
            max_batch=settings.lane_batch_size,
            max_queue=settings.lane_queue_size,
            on_committed=self.changes.committed if settings.subscriptions else None,
        )
        kept = settings.credential_cache_seconds
        tokens = TokenService(settings.signing_key, settings.token_audience, kept)
        limits = make_limits(settings, clock)
        self.auth = Authenticator(tokens, clock, kept, Guesses(settings.rate_unknown_keys, clock))
        self.runtime = Runtime(
            ledger=ledger,
            programs=programs,
            directory=Directory(ledger, clock, kept),
            quotes=Quotes(settings.signing_key),
            tokens=tokens,
            origins=Origins(settings.cors_origins, clock, kept),
            ids=IdMaker(clock),
            changes=self.changes,
            clock=clock,
            forget_credentials=self.auth.forget,
            vault=Vault(settings.signing_key, settings.webhook_allow_private),
            customer_token_seconds=settings.customer_token_seconds,
            velocity=limits.velocity,
            source_secrets=SourceSecrets(settings.signing_key),
            redactors=REDACTORS,
            write_last_uses=self.auth.last_use.flush,
        )
        self.inbound, self.sign_in = Inbound(self.runtime), SignIn(clock, _lives(settings))
        self.reception = self._reception(limits.admission)
        self.sweeper = self._sweeper(shared_limits=limits.shared)
        self.webhooks = Webhooks(settings, make_outbox(settings, self.store), self.runtime)
        self.workers = Workers(self._jobs(), clock, _log_job)
        self.webhooks.wake = self.workers.wake
        self.versions = Versions()
        self._background: list[asyncio.Task[None]] = []
        self.notices = self._notices()
        self.lasting = self._lasting()
        self.endpoint = self._endpoint(graphiql_html)
        self.webhook = self._webhook()
        self.order_webhook = self._order_webhook()

    def _reception(self, admission: Admission) -> Reception:
        lives = self.sign_in.lives if self.settings.console else None
        return Reception(self.runtime, self.auth, admission, lives)

    def _order_webhook(self) -> OrderWebhook:
        return OrderWebhook(
            self.runtime,
            on_stored=lambda: self.workers.wake(INBOX),
            on_unexpected=_log_unexpected,
            body_seconds=self.settings.body_seconds,
        )

    def _sweeper(self, *, shared_limits: bool) -> Sweeper:
        clock = self.runtime.clock
        return Sweeper(
            self.store,
            self.runtime.ledger,
            clock,
            self.settings.retention_days,
            chores=(Forgetting(clock),) if shared_limits else (),
            on_failure=lambda error: log_failure("sweep failed", error),
        )

    def _jobs(self) -> list[Job]:
        """What this process does beside answering. Every process has something to write down."""
        every = self.settings.sweep_seconds
        own = [
            Job("last use of keys", every, self.auth.last_use.flush),
            Job("checkouts seen", NOTE_SECONDS, self.runtime.sightings.flush),
        ]
        if not self.works:
            return own
        return [
            *own,
            Job("sweep", every, self.sweeper.sweep),
            *self.inbound.jobs(every),
            Job("awards", every, Awards(self.runtime).run),
            Job("tiers", every, TierReviews(self.runtime).run, drains=True),
            Job("sessions of staff", every, Tidying(self.runtime.clock)),
            Rollups(self.runtime, self.settings.figures_seconds).job(),
            CartKeeping(self.runtime.clock).job(),
            *self.webhooks.jobs(),
        ]

    @property
    def works(self) -> bool:
        """Whether this process does the work of `loyalty work`."""
        return self.settings.workers == "inside"

    def _webhook(self) -> CheckoutWebhook:
        return CheckoutWebhook(
            self.runtime,
            self.auth,
            on_unexpected=_log_unexpected,
            admit=self.reception.admit_principal,
            max_body_bytes=self.settings.max_body_bytes,
            body_seconds=self.settings.body_seconds,
        )

    def _endpoint(self, graphiql_html: bytes | None) -> GraphQLEndpoint:
        schema = executable(build_schema(), federation=self.settings.federation)
        documents = document_cache(schema, self.settings)
        self.persisted = make_persisted(documents, schema, self.settings, self.reception.registrant)
        return self._made.endpoint(
            schema,
            self._made.pipeline(
                documents, self.reception.context, self.reception.admit, self.persisted
            ),
            on_unexpected=_log_unexpected,
            max_body_bytes=self.settings.max_body_bytes,
            body_seconds=self.settings.body_seconds,
            graphiql_html=graphiql_html,
            lasting=self.lasting if self.settings.subscriptions else None,
        )

    def console_door(self) -> ConsoleDoor:
        """Where staff sign in."""
        return ConsoleDoor(self.sign_in, _log_unexpected)

    def _lasting(self) -> Lasting:
        return Lasting(
            identify=self.reception.identify,
            clock=self.runtime.clock,
            max_message_bytes=self.settings.max_body_bytes,
            most_sockets=self.settings.subscriptions_per_process,
        )

    def web_sockets(self) -> WebSocketEndpoint:
        """The same operations over WebSocket."""
        admits = self.runtime.origins.admits
        return WebSocketEndpoint(self.endpoint, self.lasting, admits, _log_unexpected)

    def _notices(self) -> Notices | None:
        """Word to and from other processes; SQLite has one process that serves."""
        settings = self.settings
        if not settings.subscriptions or settings.sqlite_path is not None:
            return None
        from gateway.services.notices import Notices  # noqa: PLC0415 - only the engine in use

        notices = Notices(
            settings.database_url,
            self.changes,
            lambda error: log_failure("notices interrupted", error),
        )
        self.changes.tell_others = notices.send
        self.changes.on_first_watch = notices.announce
        return notices

    def trust_documents(self) -> None:
        """Take in the documents of the manifests. Raises ConfigurationError at a wrong one."""
        trust_manifests(self.persisted.trusted, self.settings)

    async def start(self) -> None:
        """Open the database. Raises ConfigurationError when it is not migrated."""
        missing = await pending(self.settings.database_url)
        if missing:
            raise ConfigurationError(
                f"DATABASE_URL: the database lacks {', '.join(missing)}; run `loyalty migrate`."
            )
        await open_database(self.settings)
        await self.store.start()
        self.workers.start(reporting=not self.serves)
        self._background = [asyncio.create_task(self._warm())] if self.serves else []
        if self.notices is not None:
            self._background.append(asyncio.create_task(self.notices.run()))
        # What was made so far lives as long as the process: the collector need not look at it.
        gc.freeze()
        gc.enable()
        log("started", engine=self.settings.engine, process=os.getpid())

    async def _warm(self) -> None:
        """Load the cryptography, a quarter of a second, before a shopper has to wait for it.

        Not at once: the requests that have waited for the start come first.
        """
        await asyncio.sleep(WARM_AFTER_SECONDS)
        await asyncio.to_thread(self.runtime.tokens.warm)

    def leave(self) -> None:
        """The process is about to stop: end what does not end by itself. Safe to repeat."""
        self.changes.close()

    async def stop(self) -> None:
        """Finish what was accepted, then close."""
        self.leave()
        for task in self._background:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        left, _ = await asyncio.gather(
            self.endpoint.drain(DRAIN_SECONDS),
            self.workers.stop(self.settings.webhook_timeout_seconds + SPARE_SECONDS),
        )
        await self.runtime.ledger.drain()
        if self.notices is not None:
            await self.notices.finish()
        for flush in (self.auth.last_use.flush, self.runtime.sightings.flush):
            with suppress(Exception):
                await flush()
        await self.webhooks.stop()
        self.sign_in.passwords.close()
        await self.store.stop()
        await close_database()
        gc.unfreeze()
        log("stopped", unfinished=left)

    async def swept(self) -> bool:
        """Whether a sweep has ended well lately."""
        age = self.runtime.clock() - self.sweeper.last_run_at
        return age < (3 * self.settings.sweep_seconds + 30) * 1_000_000


def _log_job(name: str, error: Exception) -> None:
    log_failure("job failed", error, job=name)


def _lives(settings: Settings) -> Lives:
    return Lives(settings.session_seconds, settings.session_idle_seconds)


def _log_unexpected(error: Exception, request_id: str) -> None:
    log_failure("request failed", error, request_id=request_id)


class _Makers(NamedTuple):
    """What makes the parts that traces look into."""

    ledger: Callable[..., Ledger] = Ledger
    pipeline: Callable[..., Pipeline] = Pipeline
    endpoint: Callable[..., GraphQLEndpoint] = GraphQLEndpoint


def _makers(tracing: Tracing | None) -> _Makers:
    if tracing is None:
        return _Makers()
    from gateway.http import tracing as http  # noqa: PLC0415 - only where traces are wanted
    from gateway.ledger.tracing import TracedLedger  # noqa: PLC0415 - the same

    return _Makers(
        partial(TracedLedger, tracing=tracing),
        partial(http.TracedPipeline, tracing=tracing),
        partial(http.TracedEndpoint, tracing=tracing),
    )


def _store(settings: Settings, programs: ProgramCache) -> Store:
    """The store of the configured engine; only its driver is imported."""
    if settings.sqlite_path is not None:
        from gateway.ledger.sqlite import SqliteStore  # noqa: PLC0415 - only the engine in use

        return SqliteStore(settings.sqlite_path, programs, settings.sqlite_busy_timeout_ms)
    from gateway.ledger.postgres import PostgresStore  # noqa: PLC0415 - only the engine in use

    return PostgresStore(settings.database_url, programs, lanes=settings.lane_count)
