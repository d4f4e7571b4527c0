# SPDX-License-Identifier: MIT
"""Runs of the benchmark programs."""
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


class Programs:
    """training_bench and pytorch_training.py, each run for as many seconds."""

    def __init__(self, steq, python, libraries, seconds, log):
        self.commands = {"steq": [steq]}
        torch = [python, str(HERE / "pytorch_training.py")]
        self.commands["stock"] = torch
        self.commands["tuned"] = torch + ["--setting", "tuned"] + (["--libraries", libraries] if libraries else [])
        self.seconds, self.log = seconds, log
        self.missing = set()

    def beside(self, name):
        """Another benchmark of the same build."""
        return str(pathlib.Path(self.commands["steq"][0]).with_name(name))

    def run(self, program, settings):
        """What the program printed; None, and never tried again, where it says that PyTorch is missing."""
        if program in self.missing:
            return None
        command = self.commands[program] + ["--seconds", str(self.seconds)] + options(settings)
        print(program, *options(settings), file=sys.stderr, flush=True)
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        except OSError as error:
            sys.exit(f"compare.py: {error}")
        if done.returncode == 77:
            self.missing |= {"stock", "tuned"}
            return None
        if done.returncode != 0:
            sys.exit(f"compare.py: {' '.join(command)} ended with {done.returncode}")
        if self.log:
            print(done.stdout.strip(), file=self.log, flush=True)
        return json.loads(done.stdout)


def options(settings):
    """{"batch": 64, "record": False} as --batch 64 --no-record."""
    words = []
    for name, value in settings.items():
        if isinstance(value, bool):
            words.append("--" + ("" if value else "no-") + name)
        else:
            words += ["--" + name, str(value)]
    return words


def spread(values):
    """Median and range, or a dash where nothing was measured."""
    if not values:
        return "–"
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
