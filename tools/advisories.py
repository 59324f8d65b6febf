"""Known vulnerabilities of what the lock files name, and what to raise; once a week, from the project's root.

Python's are asked of the package index by pip-audit, those of tests/audit/ by npm. What could not be asked is told as
well: pip-audit alone would call a package that it learned nothing about no finding.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packaging.version import Version

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))
from guidekit.problems import Problem

PYTHON = ("requirements.txt", "tests/requirements.txt")
NPM = "tests/audit/package-lock.json"
AGAIN = "type it again with a network that reaches the package registry"


def line_of(text: str, beginning: str) -> int:
    """The first line that begins so, indentation apart; 1 when none does."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.lstrip().startswith(beginning)), 1)


def of_python(report: Mapping[str, Any], path: str, lock: str) -> list[Problem]:
    """Problems of one lock file. report: pip-audit's JSON; lock: the file's text."""
    found, asked = [], path.replace(".txt", ".in")
    for package in report["dependencies"]:
        name = package["name"]
        for known in package.get("vulns", ()):
            names = ", ".join(sorted({known["id"], *known.get("aliases", ())}))
            later = [fix for fix in known["fix_versions"] if Version(fix) > Version(package["version"])]
            mend = (
                f"write {name}>={min(later, key=Version)} in {asked}, with the reason, and type: make lock"
                if later
                else "no version mends it yet; read whether it can do harm here, or do without the package"
            )
            what = f"{name} {package['version']} has a known vulnerability ({names})"
            found.append(Problem(path, line_of(lock, f"{name}=="), what, mend))
    if not report["dependencies"]:
        found.append(Problem(path, 1, "pip-audit was asked about no package", AGAIN))
    if unknown := [package["name"] for package in report["dependencies"] if "skip_reason" in package]:
        some = ", ".join(unknown[:3]) + (", ..." if len(unknown) > 3 else "")
        what = f"nothing could be learned about {len(unknown)} of {len(report['dependencies'])} packages ({some})"
        found.append(Problem(path, 1, what, AGAIN))
    return found


def of_npm(report: Mapping[str, Any], lock: str) -> list[Problem]:
    """Problems of the npm lock file. report: npm audit's JSON; lock: the file's text."""
    if "vulnerabilities" not in report:
        why = report.get("message") or "it gave no report"
        return [Problem(NPM, 1, f"npm could not ask for known vulnerabilities ({why})", AGAIN)]
    installed = json.loads(lock)["packages"]
    found = []
    for name, known in report["vulnerabilities"].items():
        place = next(iter(known["nodes"]), f"node_modules/{name}")
        version = installed.get(place, {}).get("version", known["range"])
        fix = known["fixAvailable"]
        if isinstance(fix, Mapping):
            mend = f"raise {fix['name']} to {fix['version']} in package.json; tests/audit/machine.py says how to go on"
        elif fix:
            mend = f"write the lock anew with a later {name} (tests/audit/machine.py says how)"
        else:
            mend = "no version mends it yet; read whether it can do harm here"
        for via in known["via"]:
            if isinstance(via, Mapping):  # a name alone leads to another entry, which says it
                what = f"{name} {version} has a known vulnerability ({via['title']}, {via['url']})"
                found.append(Problem(NPM, line_of(lock, f'"{place}"'), what, mend))
    return found


def _json(command: list[str], cwd: Path | None = None) -> dict[str, Any]:
    # Both programs return 1 for findings and for failures alike: the report tells which.
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"message": (done.stderr.strip().splitlines() or ["it said nothing"])[-1]}


def python_report(path: str) -> dict[str, Any]:
    """What pip-audit says of a lock file; `message` alone where it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", path, "--require-hashes", "--disable-pip"]
    return _json([*command, "--format", "json", "--aliases", "on", "--desc", "off", "--progress-spinner", "off"])


def npm_report() -> dict[str, Any]:
    """What npm says of its lock file; `message` alone where it could not ask."""
    if not (npm := shutil.which("npm")):
        return {"message": "npm is missing"}
    return _json([npm, "audit", "--package-lock-only", "--json"], Path(NPM).parent)


def main() -> int:
    """Print what to raise; returns 1 when there is anything, or when something could not be asked."""
    found: list[Problem] = []
    for path in PYTHON:
        report = python_report(path)
        if "dependencies" in report:
            found += of_python(report, path, Path(path).read_text(encoding="utf-8"))
        else:
            what = f"pip-audit could not ask for known vulnerabilities ({report.get('message', 'it gave no report')})"
            found.append(Problem(path, 1, what, AGAIN))
    found += of_npm(npm_report(), Path(NPM).read_text(encoding="utf-8"))
    for problem in sorted(set(found)):
        print(problem)
    if not found:
        print("No known vulnerabilities in what the lock files name.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
