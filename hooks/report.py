"""Tells all problems of a build at once, sorted, so that `--strict` fails and `serve` keeps going.

It must stand first in mkdocs.yml: it empties the list before any other hook writes to it.
"""

from __future__ import annotations

import logging
import os

from mkdocs.plugins import event_priority

from guidekit import problems

# Only loggers below `mkdocs` count for --strict.
log = logging.getLogger("mkdocs.guide")


@event_priority(100)
def on_config(config, **kwargs):
    problems.collected.clear()
    problems.notes.clear()


@event_priority(-100)
def on_post_build(config, **kwargs):
    problems.report_notes(problems.notes, log, github="GITHUB_ACTIONS" in os.environ)
    problems.report(problems.collected, log, github="GITHUB_ACTIONS" in os.environ)


@event_priority(-100)
def on_build_error(error, **kwargs):
    # A build that breaks off still tells what was found; --strict breaks off after on_post_build has told it.
    if type(error).__name__ != "Abort":
        problems.report(problems.collected, log, github="GITHUB_ACTIONS" in os.environ)
