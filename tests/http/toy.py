"""A small schema behind the real endpoint, with resolvers that misbehave on request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo, GraphQLSchema, build_schema
from starlette.types import Scope

from gateway.errors import RequestCode, RequestError, bad_input
from gateway.http.documents import DocumentCache
from gateway.http.graphql import GraphQLEndpoint
from gateway.http.limits import DocumentLimits
from gateway.http.manifests import Entry
from gateway.http.persisted import PersistedDocuments
from gateway.http.pipeline import Pipeline
from gateway.http.trusted import TrustedDocuments

SDL = """
scalar Points
type Query {
  hello: String
  me: Query
  echo(points: Points, input: EchoInput): String
  long: String
  fail(how: String!): String
  failTwice: [String]
  sure: String!
  number: Int
  context: String
}
input EchoInput { points: Points, nested: EchoInput }
type Mutation { bump(by: Int! = 1): Int  charge: Int }
type Subscription { ticks: Int }
"""


def _points(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_input("Points are whole numbers.")
    if value < 0:
        raise ValueError(f"row 17 says {value}")
    if value > 1_000:
        raise LookupError("table points_limits is gone")
    return value


def _fail(_root: object, _info: GraphQLResolveInfo, how: str) -> str:
    errors: dict[str, Exception] = {
        "bug": RuntimeError("password=hunter2"),
        "forbidden": RequestError(RequestCode.FORBIDDEN, "Staff only.", ("input", "id")),
        "busy": RequestError(RequestCode.OVERLOADED, "Busy.", retry_after_seconds=3),
        "graphql": GraphQLError("Said by a resolver."),
        "own-code": GraphQLError("Said by a resolver.", extensions={"code": "TEAPOT"}),
    }
    raise errors[how]


def _fail_twice(_root: object, _info: GraphQLResolveInfo) -> list[Exception]:
    bug = RuntimeError("one bug, seen twice")
    return [bug, bug]


@dataclass
class Toy:
    """The endpoint, and what happened behind it."""

    limits: DocumentLimits = field(default_factory=DocumentLimits)
    refusal: Exception | None = None
    """Raised instead of making a context."""
    throttled: bool = False
    graphiql_html: bytes | None = None
    max_body_bytes: int = 10_000
    unexpected: list[tuple[Exception, str]] = field(default_factory=list)
    trusted: dict[str, str] = field(default_factory=dict[str, str])
    """The texts of a manifest by id."""
    trusted_only: bool = False
    cache_size: int = 1_000
    contexts: int = 0
    bumped: int = 0
    started: asyncio.Event = field(default_factory=asyncio.Event)
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Build the endpoint."""
        self.schema = self._schema()
        self.documents = DocumentCache(self.schema, self.limits, self.cache_size)
        self.persisted = PersistedDocuments(
            self.documents,
            TrustedDocuments(DocumentCache(self.schema, self.limits)),
            trusted_only=self.trusted_only,
            registrant=lambda context: None if context == "/nobody" else context,
        )
        for name, text in self.trusted.items():
            self.persisted.trusted.add(Entry(Path("toy.json"), name, text))
        self.endpoint = GraphQLEndpoint(
            self.schema,
            Pipeline(self.documents, self._make_context, self._admit, self.persisted),
            on_unexpected=lambda error, request_id: self.unexpected.append((error, request_id)),
            max_body_bytes=self.max_body_bytes,
            graphiql_html=self.graphiql_html,
        )

    async def _make_context(self, scope: Scope) -> str:
        self.contexts += 1
        if self.refusal is not None:
            raise self.refusal
        return scope["path"]

    async def _admit(self, _context: object, _cost: int) -> None:
        if self.throttled:
            raise RequestError(RequestCode.THROTTLED, "Later.", retry_after_seconds=1)

    async def _bump(self, _root: object, _info: GraphQLResolveInfo, by: int) -> int:
        self.bumped += by
        return self.bumped

    async def _charge(self, _root: object, _info: GraphQLResolveInfo) -> int:
        self.started.set()
        await self.may_finish.wait()
        self.bumped += 100
        return self.bumped

    def _schema(self) -> GraphQLSchema:
        schema = build_schema(SDL)
        query: Any = schema.query_type
        query.fields["hello"].resolve = lambda *_: "world"
        query.fields["me"].resolve = lambda *_: {}
        query.fields["echo"].resolve = lambda _root, _info, **given: repr(given)
        query.fields["long"].resolve = lambda *_: "repeated " * 500
        query.fields["fail"].resolve = _fail
        query.fields["failTwice"].resolve = _fail_twice
        query.fields["number"].resolve = lambda *_: 2**40
        query.fields["context"].resolve = lambda _root, info: info.context
        mutation: Any = schema.mutation_type
        mutation.fields["bump"].resolve = self._bump
        mutation.fields["charge"].resolve = self._charge
        points: Any = schema.type_map["Points"]
        points.parse_value = points.coerce_input_value = _points
        return schema
