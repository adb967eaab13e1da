"""The command line. Data goes to standard output, talk to standard error.

One module for each group of commands, and one line for each command below. A command's
help is a sentence and an example, which a test runs. What takes long to import is
imported inside the commands, so that `argmap --help` answers at once.
"""

import click

from argmap.cli.access import keys, members
from argmap.cli.assistant import mcp
from argmap.cli.changed import diff
from argmap.cli.converting import convert
from argmap.cli.databases import copy_to, db
from argmap.cli.demo import demo
from argmap.cli.explaining import explain, flips, what_if
from argmap.cli.failures import Commands
from argmap.cli.judging import score, tree
from argmap.cli.keeping import export, import_, init, maps
from argmap.cli.plugins import plugin
from argmap.cli.preparing import brief, crux, dependence, gaps, lines
from argmap.cli.rounds import round_
from argmap.cli.rules import rules
from argmap.cli.schemes import schemes
from argmap.cli.search import search
from argmap.cli.serving import openapi, serve
from argmap.cli.settings import settings
from argmap.cli.sources import sources
from argmap.cli.verifying import verify


@click.group(cls=Commands)
@click.version_option(package_name="argmap")
def main() -> None:
    """Keep argument maps, and say what follows from them."""


main.add_command(brief)
main.add_command(crux)
main.add_command(convert)
main.add_command(copy_to)
main.add_command(db)
main.add_command(demo)
main.add_command(dependence)
main.add_command(diff)
main.add_command(explain)
main.add_command(export)
main.add_command(flips)
main.add_command(gaps)
main.add_command(import_)
main.add_command(init)
main.add_command(keys)
main.add_command(lines)
main.add_command(maps)
main.add_command(mcp)
main.add_command(members)
main.add_command(openapi)
main.add_command(plugin)
main.add_command(round_)
main.add_command(rules)
main.add_command(schemes)
main.add_command(score)
main.add_command(search)
main.add_command(serve)
main.add_command(settings)
main.add_command(sources)
main.add_command(tree)
main.add_command(verify)
main.add_command(what_if)
