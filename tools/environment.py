"""Makes the environment that the Makefile works in: `environment.py FOLDER REQUIREMENTS...`.

It runs on any Python, however old, so that an old one gets a sentence instead of a syntax error.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11, 5)


def too_old(version):
    """A sentence when `version` (a tuple of three numbers) is older than the site's libraries need, else None."""
    if tuple(version) >= OLDEST:
        return None
    return (
        "Python %d.%d.%d is too old for this site. Install Python 3.11.5 or later from python.org, then type the same command again."
        % tuple(version)
    )


def whole(python):
    """Whether the environment of this Python can install something: one that was killed while it was made cannot."""
    if not os.path.exists(python):
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def main(folder, requirements):
    """Make the virtual environment `folder` if it is not there, and install exactly what `requirements` list."""
    sentence = too_old(sys.version_info[:3])
    if sentence:
        return sentence
    python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
    if not whole(python):
        shutil.rmtree(folder, ignore_errors=True)
        print("Making a Python environment in %s (once) ..." % folder, flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(folder, ignore_errors=True)  # half an environment would be taken for a whole one
            return "This Python cannot make environments. Install its venv module (Debian and Ubuntu: apt install python3-venv), then type the same command again."
    for name in requirements:
        print("Installing what %s lists (once; about a minute) ..." % name, flush=True)
        done = subprocess.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "-qq",
                "--disable-pip-version-check",
                "--no-input",
                "--require-hashes",
                "-r",
                name,
            ]
        )
        if done.returncode:
            return (
                "Installing what %s lists did not work: the lines above say why. Without a network it cannot work; with one, type the same command again."
                % name
            )
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
