"""The way to a document that the settings ask for: caches, ids, manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from gateway.errors import ConfigurationError
from gateway.http.documents import DocumentCache
from gateway.http.limits import DocumentLimits
from gateway.http.persisted import PersistedDocuments
from gateway.http.trusted import TrustedDocuments

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from gateway.http.persisted import Registrant
    from gateway.settings import Settings


def document_cache(schema: GraphQLSchema, settings: Settings) -> DocumentCache:
    """Make an empty cache with the limits and the rules that every document is held to."""
    return DocumentCache(
        schema,
        DocumentLimits(introspection=settings.introspection, cost=settings.max_cost),
        extra_rules=(MaybeNullValidationRule, OneOfInputValidationRule),
    )


def make_trusted(schema: GraphQLSchema, settings: Settings) -> TrustedDocuments:
    """Make the trusted documents, none yet.

    Their cache is their own, so that no flood of other documents can push one out.
    """
    return TrustedDocuments(document_cache(schema, settings))


def make_persisted(
    documents: DocumentCache, schema: GraphQLSchema, settings: Settings, registrant: Registrant
) -> PersistedDocuments:
    """Make the way from ids to documents; `trust_manifests` then fills in what is trusted."""
    return PersistedDocuments(
        documents,
        make_trusted(schema, settings),
        trusted_only=settings.trusted_only,
        registrant=registrant,
    )


def trust_manifests(trusted: TrustedDocuments, settings: Settings) -> None:
    """Take in every document of the configured manifests.

    Raises ConfigurationError, naming the variable, the file and the operation at fault.
    """
    if not settings.trusted_documents:
        if settings.trusted_only:
            raise ConfigurationError(
                "LOYALTY_TRUSTED_ONLY: without LOYALTY_TRUSTED_DOCUMENTS nothing could run."
            )
        return
    if settings.trusted_only and settings.federation:
        raise ConfigurationError(
            "LOYALTY_TRUSTED_ONLY: the router of a federated graph (LOYALTY_FEDERATION) sends"
            " documents of its own making, which no manifest can hold."
        )
    from gateway.http.manifests import read_manifests  # noqa: PLC0415 - only where there are any

    try:
        for entry in read_manifests(settings.trusted_documents):
            trusted.add(entry)
    except ConfigurationError as error:
        raise ConfigurationError(f"LOYALTY_TRUSTED_DOCUMENTS: {error}") from None
