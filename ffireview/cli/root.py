"""The program's root: its commands and what all of them share."""

import sys
import traceback

import click

from ffireview import __version__
from ffireview.cli.audit import audit
from ffireview.cli.baseline import baseline
from ffireview.cli.boundary import boundary
from ffireview.cli.checklist import checklist
from ffireview.cli.diff import diff
from ffireview.cli.doctor import doctor
from ffireview.cli.failures import INCOMPLETE, USAGE, Failure
from ffireview.cli.rules import explain, rules
from ffireview.cli.scan import scan
from ffireview.cli.show import show


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ffireview")
def root() -> None:
    """Review help for unsafe Rust and for the boundary between Rust and C.

    Reads a repository as text; builds and runs nothing of it.
    """


for command in (scan, diff, boundary, show, checklist, audit, baseline, rules, explain, doctor):
    root.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = root.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = USAGE
    except Failure as failure:
        click.echo(f"ffireview: {failure}", err=True)
        code = failure.code
    except (KeyboardInterrupt, click.Abort):
        click.echo("ffireview: interrupted", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception:
        traceback.print_exc()
        click.echo("ffireview: internal error, nothing above can be relied on", err=True)
        code = INCOMPLETE
    sys.exit(code if isinstance(code, int) else 0)
