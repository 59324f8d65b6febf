"""10,000 hostile inputs, or as many as asked for: python -m fuzz [how many] [first]. Exit code 1 where one did harm."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from fuzz.run import run

SIZE = 100  # pages a build


def main(count: int = 10_000, first: int = 0) -> int:
    """Run them all, print what was found and return the exit code."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    start, wrong, slowest, told = time.perf_counter(), 0, (0.0, ""), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, batch in enumerate(run(Path(folder), count, SIZE, first)):
            slowest, told = max(slowest, batch.slowest), told + batch.problems
            wrong += len(batch.wrong)
            if (number + 1) % 10 == 0:
                print(f"{(number + 1) * SIZE} inputs, {time.perf_counter() - start:.0f} s", flush=True)
            for line in batch.wrong:
                print(
                    f"Inputs {first + number * SIZE} to {first + number * SIZE + batch.pages - 1}: {line}", flush=True
                )
    spent = time.perf_counter() - start
    print(
        f"Fuzz: {count} inputs in {spent:.0f} s, {told} problems told, slowest page {slowest[0]:.2f} s ({slowest[1]})."
    )
    print("Nothing unsafe came out." if not wrong else f"{wrong} findings.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
