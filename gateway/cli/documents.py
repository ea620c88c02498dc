"""Commands on documents of clients."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gateway.settings import Settings


@click.command("check-documents")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def check_documents(files: tuple[Path, ...]) -> None:
    """Check manifests of documents.

    Prints cost, name and id of every operation.

    FILES are manifests or directories of them, as in LOYALTY_TRUSTED_DOCUMENTS. The gateway checks
    the same when it starts; here a build can do so before it deploys.
    """
    from gateway.settings import load  # noqa: PLC0415 - keeps help quick

    for line in _checked(files, load(os.environ)):
        click.echo(line)


def require_valid(settings: Settings) -> None:
    """Raise ConfigurationError at a trusted document that no process could start with."""
    if settings.trusted_documents or settings.trusted_only:
        from gateway.http.making import make_trusted, trust_manifests  # noqa: PLC0415 - as above
        from resolvers.build import build_schema, executable  # noqa: PLC0415 - as above

        schema = executable(build_schema(), federation=settings.federation)
        trust_manifests(make_trusted(schema, settings), settings)


def _checked(files: Sequence[Path], settings: Settings) -> list[str]:
    from gateway.http.making import make_trusted  # noqa: PLC0415 - as above
    from gateway.http.manifests import read_manifests  # noqa: PLC0415 - as above
    from resolvers.build import build_schema, executable  # noqa: PLC0415 - as above

    trusted = make_trusted(executable(build_schema(), federation=settings.federation), settings)
    lines: list[str] = []
    for entry in read_manifests(files):
        document = trusted.add(entry)
        lines += [
            f"{document.cost(name, None):>6}  {name or '(no name)'}  {entry.id}"
            for name in document.operations
        ]
    return lines
