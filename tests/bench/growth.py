# SPDX-License-Identifier: MIT
"""How the cost of a step grows with batch, width, learners and bits, and that of the metrics with change points."""
import csv
import json
import shutil
import statistics
import subprocess
import sys

from runs import HERE

BASE = {"model": "mnist-convnet", "batch": 128, "width": 1, "learners": 2, "bits": 2}
SWEEPS = {
    "batch": [32, 64, 128, 256, 512],
    "width": [1, 2, 3, 4],
    "learners": [1, 2, 4, 8],
    "bits": [1, 2, 4, 8],
}


def sweep(programs, quantity, threads, rounds):
    """The runs of every value, [value][round]; the values take turns."""
    runs = [[] for _ in SWEEPS[quantity]]
    for _ in range(rounds):
        for results, value in zip(runs, SWEEPS[quantity]):
            results.append(programs.run("steq", {**BASE, "threads": threads, quantity: value}))
    return runs


def rows(quantity, runs):
    """Milliseconds a step: median, least, most over the rounds; and those of the first value, grown as the operations."""
    scale = None
    for value, results in zip(SWEEPS[quantity], runs):
        times = [1000 / run["steps_per_second"] for run in results]
        flops = results[0]["flops_per_step"]
        scale = scale or statistics.median(times) / flops
        yield [quantity, value, statistics.median(times), min(times), max(times), scale * flops]


def metrics_runs(program, rounds):
    """What metrics_bench prints, of every round a list."""
    try:
        done = [subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True) for _ in range(rounds)]
    except OSError as error:
        sys.exit(f"compare.py: {error}")
    return [[json.loads(line) for line in run.stdout.splitlines()] for run in done]


def metrics_rows(runs):
    """Milliseconds of all metrics together and MiB of heap of the greediest, beside the first value grown linearly."""
    totals = {"change points": lambda entries: sum(e["ns"] * e["change_points"] for e in entries) / 1e6,
              "heap": lambda entries: max(e["bytes"] * e["change_points"] for e in entries) / 2**20}
    for quantity, total in totals.items():
        scale = None
        for points in sorted({entry["change_points"] for entry in runs[0]}):
            values = [total([e for e in run if e["change_points"] == points and e["metric"] != "the logs"])
                      for run in runs]
            scale = scale or statistics.median(values) / points
            yield [quantity, points, statistics.median(values), min(values), max(values), scale * points]


def measure(programs, folder, threads, rounds):
    folder.mkdir(parents=True, exist_ok=True)
    table, figure = folder / "growth.csv", folder / "growth.svg"
    of_metrics = metrics_runs(programs.beside("metrics_bench"), rounds)
    with open(table, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["quantity", "value", "median", "least", "most", "proportional"])
        for quantity in SWEEPS:
            writer.writerows(rows(quantity, sweep(programs, quantity, threads, rounds)))
        writer.writerows(metrics_rows(of_metrics))
    print(table)
    if not shutil.which("gnuplot"):
        print("compare.py: gnuplot is not installed; no figure is drawn", file=sys.stderr)
        return
    subprocess.run(["gnuplot", "-c", str(HERE / "growth.gp"), str(table), str(figure)], check=True)
    print(figure)
