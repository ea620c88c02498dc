"""Which document a request asks for: by its text, by an id, or by both.

Two stores know ids. Trusted documents come with the gateway, from its operator's manifests.
Registered ones come from clients, by the hash of their text, and only where not everything has to
be trusted.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from gateway.errors import RequestCode, RequestError, bad_input
from gateway.http.registered import RegisteredDocuments
from gateway.http.trusted import TrustedDocuments

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from gateway.http.documents import Document, DocumentCache
    from gateway.http.naming import DocumentName
    from gateway.http.reading import Asked

    Registrant = Callable[[object], Hashable | None]
    """Whom the room of a registered document counts for, by the context; None may register none."""


CHARACTERS_A_UNIT = 16
"""Of a new text, for a unit of cost: to parse and validate it takes as long as small queries do,
and many times longer where it was written to."""
MOST_UNITS = 500
"""For one text, since parsing stops at a number of tokens."""


def nobody(_context: object) -> None:
    """Let nobody register documents."""


class PersistedDocuments:
    """Finds documents by what a request says of them, and registers what clients may register."""

    def __init__(
        self,
        documents: DocumentCache,
        trusted: TrustedDocuments | None = None,
        *,
        trusted_only: bool = False,
        registrant: Registrant = nobody,
    ) -> None:
        self.trusted = TrustedDocuments(documents) if trusted is None else trusted
        self._documents = documents
        self._trusted_only = trusted_only
        self._registered = RegisteredDocuments()
        self._registrant = registrant

    def text(self, asked: Asked) -> str:
        """Return the text of the document that is asked for.

        Raises RequestError where the id is unknown, where id and text contradict each other, and
        where the document would have to be trusted.
        """
        text = asked.query
        if asked.name is not None:
            text = self._text(asked.name, text)
        assert text is not None  # noqa: S101 - the reading saw a text or a name
        if self._trusted_only and text not in self.trusted:
            raise RequestError(
                RequestCode.DOCUMENT_NOT_TRUSTED,
                "Only documents that the gateway was given beforehand may run, by their id or by"
                " their exact text. This is none of them.",
            )
        return text

    def price(self, text: str) -> int:
        """Return what it costs to look at a text for the first time; 0 where it is known."""
        if text in self.trusted or self._documents.knows(text):
            return 0
        return min(1 + len(text) // CHARACTERS_A_UNIT, MOST_UNITS)

    def document(self, text: str) -> Document:
        """Return the document with that text. Raises DocumentRejected."""
        return self.trusted.get(text) or self._documents.get(text)

    def register(self, asked: Asked, context: object) -> None:
        """Keep a document that was sent with the hash of its text, and was found to be good."""
        name = asked.name
        if name is None or asked.query is None or not name.hashed:
            return
        owner = self._registrant(context)
        if owner is not None and self.trusted.text(name.id) is None:
            self._registered.put(name.id, asked.query, owner)

    def _text(self, name: DocumentName, sent: str | None) -> str:
        known = self.trusted.text(name.id)
        if sent is None:
            known = known or self._registered.get(name.id)
            if known is None:
                raise _unknown(supported=not (name.automatic and self._trusted_only))
            return known
        if known is None and name.hashed and _hash(sent) != name.id:
            raise bad_input(
                "The id is not the SHA-256 of the document's text, in UTF-8 and lower-case hex."
            )
        if known not in (None, sent):
            raise bad_input("The id names another document than the one that was sent.")
        return sent


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _unknown(*, supported: bool) -> RequestError:
    """Return the refusal in the words that Apollo's and urql's links react to."""
    if supported:
        return RequestError(RequestCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
    return RequestError(RequestCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
