"""The door of the console: sign in, sign out, accept a link. JSON, and no GraphQL (ADR 0016).

| request | does |
|---|---|
| `POST /console/door/session` | signs in: `email`, `password`, `merchantId` if there is a choice |
| `DELETE /console/door/session` | signs out |
| `POST /console/door/invitation` | with `token` says whom a link is for, with `password` uses it |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from starlette.routing import Route

from gateway.errors import LoyaltyError, RequestCode, RequestError, bad_input
from gateway.http.answering import Answer, deliver, error_answer
from gateway.http.console.cookie import cookie, require_own_page, session_token
from gateway.http.faults import STATUS, Faults, of_request
from gateway.http.negotiation import MediaType
from gateway.http.reading import ClientGone, HttpRefused, headers_of, read_body, require_json
from gateway.http.request_id import RequestId, request_id_of
from gateway.http.telling import headers_for
from gateway.services.database import away_is_overloaded
from gateway.services.sign_in import Choice, SignedIn, SignIn
from gateway.services.staff_sessions import end_session
from gateway.throttling.address import client_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from gateway.http.faults import OnUnexpected

    Headers = dict[bytes, bytes]
    Serve = Callable[[Scope, Headers, Receive], Awaitable[Answer]]

MAX_BODY_BYTES: Final = 4_096
BODY_SECONDS: Final = 15
LONGEST_TEXT: Final = 500


class ConsoleDoor:
    """Serves the requests above. One per process."""

    def __init__(self, sign_in: SignIn, on_unexpected: OnUnexpected) -> None:
        self._sign_in = sign_in
        self._on_unexpected = on_unexpected

    def routes(self) -> list[Route]:
        """Where they are asked for."""
        return [
            Route("/console/door/session", RequestId(_Served(self._session, self._on_unexpected))),
            Route(
                "/console/door/invitation",
                RequestId(_Served(self._invitation, self._on_unexpected)),
            ),
        ]

    async def _session(self, scope: Scope, headers: Headers, receive: Receive) -> Answer:
        if scope["method"] == "DELETE":
            token = session_token(scope, headers)
            if token is not None:
                await end_session(token)
            return Answer(204, b"", None, (cookie(scope, headers, "", 0),))
        given = await _given(headers, receive)
        email, password = _text(given, "email"), _text(given, "password")
        merchant = given.get("merchantId")
        if merchant is not None and not (isinstance(merchant, str) and merchant.isdecimal()):
            raise bad_input("`merchantId` must be one of the ids that were offered.", "merchantId")
        chosen = None if merchant is None else int(merchant[:19])
        done = await self._sign_in.sign_in(email, password, client_address(scope), chosen)
        if isinstance(done, Choice):
            offered = [{"id": str(number), "name": name} for number, name in done.merchants]
            return _answer(200, {"merchants": offered})
        return self._in(scope, headers, done)

    async def _invitation(self, scope: Scope, headers: Headers, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            raise HttpRefused(405, "Use POST.", (b"allow", b"POST"))
        given = await _given(headers, receive)
        token, address = _text(given, "token"), client_address(scope)
        if given.get("password") is None:
            invited = await self._sign_in.invited(token, address)
            told = {"email": invited.staff.email, "name": invited.staff.name}
            return _answer(200, {**told, "kind": invited.kind, "merchant": invited.merchant_name})
        name = None if given.get("name") is None else _text(given, "name")
        password = _text(given, "password")
        return self._in(scope, headers, await self._sign_in.accept(token, name, password, address))

    def _in(self, scope: Scope, headers: Headers, done: SignedIn) -> Answer:
        handed = cookie(scope, headers, done.token, self._sign_in.lives.whole)
        body = {"staff": {"name": done.who.name, "email": done.who.email, "role": done.who.role}}
        return _answer(200, body, handed)


class _Served:
    """An ASGI application around one handler: what every request of the door has to be."""

    def __init__(self, handle: Serve, on_unexpected: OnUnexpected) -> None:
        self._handle = handle
        self._on_unexpected = on_unexpected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        headers = headers_of(scope["headers"])
        try:
            require_own_page(scope, headers)
            with away_is_overloaded():
                answer = await self._handle(scope, headers, receive)
        except ClientGone:
            return
        except HttpRefused as refused:
            entry = of_request(RequestError(RequestCode.BAD_USER_INPUT, refused.message))
            answer = error_answer(refused.status, [entry], MediaType.JSON, *refused.headers)
        except RequestError as error:
            status, entry = STATUS[error.code], of_request(error)
            answer = error_answer(status, [entry], MediaType.JSON, *headers_for(error))
        except LoyaltyError as error:
            fields = error.refusal.field or ()
            entry = of_request(RequestError(RequestCode.BAD_USER_INPUT, error.detail, fields))
            answer = error_answer(400, [entry], MediaType.JSON)
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            faults = Faults(request_id_of(scope), self._on_unexpected)
            answer = error_answer(500, [faults.unexpected(error)], MediaType.JSON)
        await deliver(send, answer, compress=False)


async def _given(headers: Headers, receive: Receive) -> dict[str, Any]:
    require_json(headers)
    length = headers.get(b"content-length", b"")
    body = await read_body(receive, length, MAX_BODY_BYTES, BODY_SECONDS)
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise HttpRefused(400, "The body is not valid JSON in UTF-8.") from None
    if not isinstance(given, dict):
        raise HttpRefused(400, "The body must be a JSON object.")
    return cast("dict[str, Any]", given)


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise bad_input(f"`{name}` must be a text of 1 to {LONGEST_TEXT} characters.", name)
    return value


def _answer(status: int, body: dict[str, Any], *headers: tuple[bytes, bytes]) -> Answer:
    return Answer(status, orjson.dumps(body), MediaType.JSON, headers)
