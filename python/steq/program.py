# SPDX-License-Identifier: MIT
"""The program steq, which computes all metrics."""
import json
import os
import shutil
import subprocess

from .errors import RunError

DIFFERENT = 1  # the exit code of `steq diff` where results differ


def program():
    """Its path: STEQ in the environment, or from PATH."""
    given = os.environ.get("STEQ")
    found = shutil.which(given or "steq")
    if found is None:
        raise RunError(f"STEQ={given} is no program" if given else
                       "the program steq is not on PATH, and STEQ in the environment does not name it")
    return found


def asked(*words, accepted=(0,)):
    """What `steq WORDS --json` prints; RunError with its message where it refuses."""
    outcome = subprocess.run([program(), *words, "--json"], capture_output=True, text=True)
    if outcome.returncode not in accepted:
        raise RunError(outcome.stderr.strip() or f"steq {words[0]} ended with {outcome.returncode}")
    return json.loads(outcome.stdout)


def diff(a, b, *options):
    """`steq diff A B`, as docs/logs.md describes it."""
    return asked("diff", a, b, *options, accepted=(0, DIFFERENT))
