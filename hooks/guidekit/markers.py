"""The comments in pages that the build fills, each named after the hook or template that does."""

from __future__ import annotations

from guidekit.csl import TOPICS

MARKERS = (
    "<!-- hooks/a_to_z.py -->",
    "<!-- hooks/changes.py -->",
    "<!-- hooks/claims.py -->",
    "<!-- hooks/decision.py -->",
    "<!-- hooks/downloads.py -->",
    "<!-- hooks/faq.py -->",
    "<!-- hooks/help_lines.py -->",
    "<!-- hooks/open_data.py -->",
    *(f"<!-- hooks/references.py: {name} -->" for name in ("how-read", *TOPICS)),
    "<!-- hooks/self_assessment.py -->",
    "<!-- hooks/studies.py -->",
    "<!-- overrides/partials/contact.html -->",
)
