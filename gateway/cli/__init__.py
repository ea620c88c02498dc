"""The command line. Every command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

import click

from gateway import __version__
from gateway.cli.customers import customers
from gateway.cli.data import import_customers, migrate, seed, verify
from gateway.cli.demo import demo
from gateway.cli.documents import check_documents
from gateway.cli.inbox import inbox
from gateway.cli.keys import credentials, merchant
from gateway.cli.launch import launch_check
from gateway.cli.metrics import metrics
from gateway.cli.reconcile import reconcile
from gateway.cli.serve import export_schema, serve
from gateway.cli.staff import staff
from gateway.cli.trouble import explained
from gateway.cli.webhooks import webhooks
from gateway.cli.work import work

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Plainly(click.Group):
    """Shows what a user can mend as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a wrong setting or value becomes `Error: …` and exit code 2."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            line = explained(error)
            if line is None:
                raise
            raise click.UsageError(line) from None


@click.group(cls=Plainly, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="loyalty")
def main() -> None:
    """Loyalty Gateway: preview, reserve and settle loyalty points at the moment of paying.

    Settings come from the environment (DATABASE_URL, LOYALTY_…) and from the TOML file that
    LOYALTY_CONFIG names; the README lists them. To look around: `loyalty demo`.
    """


for command in (
    serve,
    work,
    demo,
    migrate,
    seed,
    verify,
    merchant,
    credentials,
    webhooks,
    staff,
    import_customers,
    inbox,
    customers,
    launch_check,
    reconcile,
    metrics,
    export_schema,
    check_documents,
):
    main.add_command(command)
