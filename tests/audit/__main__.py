"""Has the site in site/ checked by the Nu HTML checker, every page, and by Lighthouse, the heaviest page of each kind.

Demanded: no error, and 100 in each of Lighthouse's four categories on a phone. Exit code 1 where there is a finding,
where there is no site, or, on CI, where a checker did not run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import browser as finder
from bench.copying import kind_of
from gzip_server import serving

from audit import findings, machine
from audit.findings import Finding

SITE, TOOLS = Path("site"), Path(".build/audit-tools")
RUNS = 3  # of Lighthouse on a page whose performance is not yet at 100; the other categories do not change
# As root there is no sandbox; without the rest Chromium calls home at every start.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def html(checkers: machine.Checkers, site: Path) -> list[Finding]:
    """What the HTML checker says of all pages. Raises RuntimeError where it gives no answer."""
    pages = sorted(map(str, site.resolve().rglob("*.html")))
    options = ["--exit-zero-always", "--stdout", "--format", "json"]
    # Its parser goes deep; the default stack is small.
    command = [str(checkers.java), "-Xss4m", "-jar", str(checkers.vnu), *options, *pages]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise RuntimeError(f"the HTML checker gave no answer: {done.stderr[-1000:]}") from error
    print(f"Nu HTML checker: {len(pages)} pages read.", flush=True)
    return findings.html_errors(answer, site.resolve().as_uri())


def kinds(site: Path, docs: Path) -> dict[str, str]:
    """Kind of page -> the address from the site's root of its heaviest page."""

    def pages() -> Iterator[tuple[str, str, int]]:
        for source in sorted(docs.rglob("*.md")):
            path = source.relative_to(docs).with_suffix("")
            address = (path.parent if path.name == "index" else path).as_posix()
            built = site / address / "index.html"
            kind = kind_of(source.read_text(encoding="utf-8"))
            if kind and built.exists():
                yield kind, "" if address == "." else f"{address}/", built.stat().st_size

    return findings.heaviest(pages())


def lighthouse(checkers: machine.Checkers, chromium: str, url: str) -> dict:
    """Lighthouse's report on a page, as on a phone. Raises RuntimeError where it writes none."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(checkers.node), str(checkers.lighthouse), url, "--output=json", f"--output-path={report}"]
        command += ["--quiet", f"--only-categories={','.join(findings.CATEGORIES)}", f"--chrome-flags={FLAGS}"]
        environment = os.environ | {"CHROME_PATH": chromium}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not report.exists():
            raise RuntimeError(f"Lighthouse wrote no report: {done.stderr[-1000:]}")
        return json.loads(report.read_text(encoding="utf-8"))


def scored(checkers: machine.Checkers, chromium: str, site: Path) -> list[Finding]:
    """What Lighthouse says of a page of each kind; prints the scores."""
    found = []
    with serving(site) as served:
        for kind, page in kinds(site, Path("docs")).items():
            reports: list[dict] = []
            given = dict.fromkeys(findings.CATEGORIES)
            while len(reports) < RUNS and given["performance"] != 100:
                reports.append(lighthouse(checkers, chromium, served.url + page))
                given = findings.best(map(findings.scores, reports))
            print(f"Lighthouse, {kind}, /{page}: {', '.join(f'{name} {s}' for name, s in given.items())}", flush=True)
            # What a category lacks is told from the run that came nearest.
            left = [name for name, score in given.items() if score != 100]
            last = max(reports, key=lambda report: sum(findings.scores(report)[name] or 0 for name in left))
            found += findings.shortfalls(last, f"/{page}", left) if left else []
    return found


def told(found: list[Finding]) -> list[Finding]:
    """Prints the findings, in the order of pages, and returns them."""
    for finding in sorted(found):
        print(finding, flush=True)
    return found


def main() -> int:
    """Run what can run and print the findings; returns the exit code."""
    if not (SITE / "index.html").exists():
        print("There is no site in site/ to audit. To mend, type: make build")
        return 1
    checkers, missing = machine.checkers(TOOLS)
    found: list[Finding] = []
    if checkers.java and checkers.vnu:
        found += told(html(checkers, SITE))
    chromium = os.environ.get("CHROMIUM") or finder.there()
    if not chromium:
        missing.append(f"Lighthouse did not run: there is no browser. To mend, type: {finder.command()}")
    elif checkers.node:
        found += told(scored(checkers, chromium, SITE))
    if found:
        print(f"\n{len(found)} findings, by rule:")
        print("\n".join(findings.in_short(found)))
    for words in missing:
        print(words)
    if missing and os.environ.get("CI"):
        print("On CI, what was not done counts as a failure.")
    if not found and not missing:
        print("The audit found nothing.")
    return 1 if found or (missing and os.environ.get("CI")) else 0


if __name__ == "__main__":
    sys.exit(main())
