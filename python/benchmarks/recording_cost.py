# SPDX-License-Identifier: MIT
"""What recording costs: ResNet-50 on random images, on the GPU where there is one. All cases take turns in every round, and
each ratio is one of neighbouring rounds. Prints the ratios, and with --json one document.

  recorded / plain          a step with all weights recorded, over one without a recorder
  sampled / plain           the same with --sample of the weights
  moving, recorded / plain  with grids that an observer moves, FakeQuantize of torch.ao, all weights recorded
  lockstep / separate       a pair on the same batches, over the two trained one after the other
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
import time

import torch

PYTHON = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [PYTHON, os.path.join(PYTHON, "examples")]
from trainings import cases  # noqa: E402

RATIOS = {"recorded / plain": ("recorded", "plain"), "sampled / plain": ("sampled", "plain"),
          "moving, recorded / plain": ("moving, recorded", "moving"), "lockstep / separate": ("lockstep", "separate")}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--updates", type=int, default=20, help="of each case in a round")
    parser.add_argument("--sample", type=float, default=0.01)
    parser.add_argument("--lr", type=float, default=0.01, help="the larger, the more change points")
    parser.add_argument("--single", action="store_true", help="single precision in place of bfloat16")
    parser.add_argument("--depths", type=int, nargs="+", default=[3, 4, 6, 3])
    for name, default in ("width", 64), ("size", 224), ("classes", 1000):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def seconds(work, device):
    settle = (lambda: torch.cuda.synchronize(device)) if device.type == "cuda" else lambda: None
    settle()
    start = time.perf_counter()
    work()
    settle()
    return time.perf_counter() - start


def measured(args, device):
    with tempfile.TemporaryDirectory() as folder:
        works, trainings = cases(args, device, folder)
        batches = [(torch.randn(args.batch, 3, args.size, args.size), torch.randint(args.classes, (args.batch,)))
                   for _ in range(2)]
        for work in works.values():
            work(batches)  # warm-up
        rounds = []
        for i in range(args.rounds):
            order = list(works.items())[::-1 if i % 2 else 1]
            rounds.append({name: seconds(lambda: work([batches[u % 2] for u in range(args.updates)]), device)
                           for name, work in order})
        recorder = trainings["recorded"].recorder
        flush = seconds(recorder.flush, device)
        points = sum(len(group["change_points/step"]) for group in recorder.session.log.group.values()
                     if "change_points" in group)
        weights = recorder.session.layout.count
        for training in trainings.values():
            if training.recorder:
                training.recorder.close()
    changing = points / weights / trainings["recorded"].recorder.step
    return rounds, {"quantized_weights": weights, "share_that_changes_an_update": changing, "last_flush_seconds": flush}


def spread(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def main():
    args = arguments()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rounds, facts = measured(args, device)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"
    result = {"device": name, "torch": torch.__version__, "precision": "float32" if args.single else "bfloat16 autocast",
              "arguments": vars(args), **facts,
              "milliseconds": {case: spread([1000 * r[case] / args.updates for r in rounds]) for case in rounds[0]},
              "ratios": {ratio: spread([r[a] / r[b] for r in rounds]) for ratio, (a, b) in RATIOS.items()}}
    if args.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{name}, PyTorch {torch.__version__}, {result['precision']}, batch {args.batch}, {facts['quantized_weights']} "
          f"weights, {facts['share_that_changes_an_update']:.3%} of them change level in an update")
    for ratio, values in result["ratios"].items():
        print(f"{ratio:<26}{values['median']:.3f} ({values['least']:.3f} to {values['most']:.3f})")


if __name__ == "__main__":
    main()
