"""The documents that the gateway was given beforehand, each under its id and its hash."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from gateway.errors import ConfigurationError
from gateway.http.documents import DocumentRejected
from gateway.http.naming import HASHED

if TYPE_CHECKING:
    from gateway.http.documents import Document, DocumentCache
    from gateway.http.manifests import Entry


class TrustedDocuments:
    """Never forgotten. What is parsed of them is in a cache that nothing else gets into."""

    def __init__(self, documents: DocumentCache) -> None:
        self._documents = documents
        self._by_id: dict[str, str] = {}
        self._texts: set[str] = set()

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, text: str) -> bool:
        return text in self._texts

    def text(self, name: str) -> str | None:
        """Return the text with that id or hash (without the prefix of one), if it is here."""
        return self._by_id.get(name)

    def get(self, text: str) -> Document | None:
        """Return the document with exactly that text; None where it is not trusted."""
        return self._documents.get(text) if text in self._texts else None

    def add(self, entry: Entry) -> Document:
        """Take in a document of a manifest.

        Raises ConfigurationError, naming file and operation, where the document is not valid or
        contradicts its id.
        """
        digest = sha256(entry.text.encode("utf-8", "surrogatepass")).hexdigest()
        if entry.id.startswith(HASHED) and entry.id != HASHED + digest:
            raise _wrong(entry, "the id is not the SHA-256 of the text.")
        document = self._valid(entry)
        for name in (entry.id.removeprefix(HASHED), digest):
            if self._by_id.setdefault(name, entry.text) != entry.text:
                raise _wrong(entry, "the same id stands for another document as well.")
        self._texts.add(entry.text)
        return document

    def _valid(self, entry: Entry) -> Document:
        try:
            return self._documents.get(entry.text)
        except DocumentRejected as rejected:
            error = rejected.errors[0]
            at = "".join(f" (line {p.line}, column {p.column})" for p in error.locations or ()[:1])
            raise _wrong(entry, f"{error.message}{at}") from None


def _wrong(entry: Entry, reason: str) -> ConfigurationError:
    return ConfigurationError(f"{entry.file}: {entry.name} ({entry.id}): {reason}")
