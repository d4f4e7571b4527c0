#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares steq with PyTorch on this machine: every round runs all variants of a case one after the other, so that each
ratio is one of neighbours in time; prints a Markdown table of the ratios' medians and ranges over the rounds.

With --growth FOLDER it measures instead how steq's cost grows: growth.csv, and growth.svg if gnuplot is installed."""
import argparse
import datetime
import os
import pathlib
import sys

import growth
from runs import HERE, Programs, spread

# name: settings of the programs
CASES = {}
for n in (64, 128, 256, 512):
    CASES[f"mnist-convnet pair, batch {n}"] = {"model": "mnist-convnet", "batch": n, "learners": 2}
CASES["resnet20 pair, batch 128"] = {"model": "resnet20", "batch": 128, "learners": 2}
CASES["resnet18, batch 16"] = {"model": "resnet18", "batch": 16, "learners": 1}
CASES["resnet50, batch 16"] = {"model": "resnet50", "batch": 16, "learners": 1}

# name: program, and what it changes in the case's settings
VARIANTS = {
    "steq": ("steq", {}),
    "tuned": ("tuned", {}),
    "unrecorded": ("steq", {"record": False}),
    "stock": ("stock", {}),
    "one thread": ("steq", {"threads": 1}),
    "single": ("steq", {"learners": 1}),
}


def speed(run, other):
    return run["steps_per_second"] / other["steps_per_second"]


def share_of_peak(run, steq):
    """steq's run knows the operations of a step and the peak."""
    return run["steps_per_second"] * steq["flops_per_step"] / steq["fma_peak"]


def memory(run, other):
    return run["peak_rss_mib"] / other["peak_rss_mib"]


# title: the variants that the number is computed from, and how, in one round
COLUMNS = {
    "steq / tuned": (["steq", "tuned"], speed),
    "steq / stock": (["steq", "stock"], speed),
    "recorded / not": (["steq", "unrecorded"], speed),
    "all threads / 1": (["steq", "one thread"], speed),
    "time, pair / single": (["single", "steq"], speed),
    "steq of FMA peak": (["steq", "steq"], share_of_peak),
    "tuned of FMA peak": (["tuned", "steq"], share_of_peak),
    "memory, steq / tuned": (["steq", "tuned"], memory),
}


def positive(text):
    if (number := int(text)) < 1:
        raise ValueError
    return number


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steq", default=str(HERE.parents[1] / "build/bench/tests/bench/training_bench"))
    parser.add_argument("--python", default="/usr/bin/python3", help="one that has PyTorch")
    parser.add_argument("--libraries", help="where the tuned setting looks for jemalloc and OpenBLAS")
    parser.add_argument("--threads", type=positive, default=os.cpu_count())
    parser.add_argument("--rounds", type=positive, default=5)
    parser.add_argument("--seconds", type=float, default=3, help="of each run, after a warm-up")
    parser.add_argument("--cases", default="", help="only those whose name contains this text")
    parser.add_argument("--log", type=argparse.FileType("a"), help="appends every run's line of JSON to this file")
    parser.add_argument("--growth", metavar="FOLDER", type=pathlib.Path)
    args = parser.parse_args()
    if not any(args.cases in name for name in CASES):
        parser.error(f"argument --cases: no case contains {args.cases!r}; cases: {'; '.join(CASES)}")
    return args


def variants_of(case):
    """All, or all but "single" where the case itself has one learner."""
    return [name for name in VARIANTS if name != "single" or case["learners"] > 1]


def measure(programs, case, threads, rounds):
    """A dictionary of results by variant for every round; every other round runs backwards."""
    results = []
    for number in range(rounds):
        names = variants_of(case)
        runs = {}
        for name in names if number % 2 == 0 else reversed(names):
            program, changes = VARIANTS[name]
            result = programs.run(program, {**case, "threads": threads, **changes})
            if result:
                runs[name] = result
        results.append(runs)
    return results


def row(results):
    cells = []
    for variants, number in COLUMNS.values():
        complete = [runs for runs in results if all(variant in runs for variant in variants)]
        cells.append(spread([number(*(runs[variant] for variant in variants)) for runs in complete]))
    return cells


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "an unknown processor"


def describe(args, results):
    """What the table rests on."""
    machine = f"{processor()}, {args.threads} threads, {datetime.date.today()}"
    lines = [f"{machine}; rounds: {args.rounds}, {args.seconds:g} s a run."]
    for setting in ("tuned", "stock"):
        if run := results[0].get(setting):
            used = ", ".join(run["libraries"] + run["tuned"])
            lines.append(f"{setting}: PyTorch {run['version']}; {used}.")
    return "\n".join(lines)


def compare(programs, args):
    rows, results = [], []
    for name, case in CASES.items():
        if args.cases in name:
            results = measure(programs, case, args.threads, args.rounds)
            rows.append([name] + row(results))
    print(describe(args, results) + "\n")
    print("| case |", " | ".join(COLUMNS), "|")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for cells in rows:
        print("|", " | ".join(cells), "|")
    if programs.missing:
        print(f"\nPyTorch is not installed for {args.python}; what needs it is left out.")


def main():
    args = arguments()
    if (load := os.getloadavg()[0]) > 0.5:
        print(f"compare.py: the machine is busy (load {load:.1f}); the numbers will scatter", file=sys.stderr)
    programs = Programs(args.steq, args.python, args.libraries, args.seconds, args.log)
    if args.growth:
        growth.measure(programs, args.growth, args.threads, args.rounds)
    else:
        compare(programs, args)


if __name__ == "__main__":
    main()
