# SPDX-License-Identifier: MIT
"""Is StableQAT's estimator (arXiv:2601.19320) the STE in disguise? It is not among steq's, but one formula in u, a weight's
distance from the nearest threshold in bins: from it steq has alpha and M. Three learners train on the same batches: with the
formula; with the STE that follows it; with the STE as it is, the same weights and learning rate.
Usage: stable_qat.py RUN [DIR of train-images-idx3-ubyte and train-labels-idx1-ubyte, else drawn images] [UPDATES]"""
import copy
import sys

import torch
from digits import images, network, train

import steq
from steq.torch import equivalent, quantize

RATE = 0.004
A = 0.93301  # sqrt(2) pi 0.21, at the authors' amplitude
STABLE = f"formula:q=(1-{A}*sin(pi*abs(u)))/(1+{A}*sin(pi*abs(u)))"
QUANTIZER = "uniform:bits=2"


def learners(model):
    """{name: (model, optimizer)}"""
    sgd = lambda model: torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9)
    plain = copy.deepcopy(model)
    quantize(plain, "0.weight", QUANTIZER, "ste")
    quantize(model, "0.weight", QUANTIZER, STABLE)
    optimizer = sgd(model)
    return {"stable": (model, optimizer), "ste": equivalent(model, optimizer), "plain": (plain, sgd(plain))}


def main():
    run, folder, updates = sys.argv[1:] + ["", "500"][len(sys.argv) - 2:]
    torch.manual_seed(1)
    data, trained = images(folder), learners(network())
    alpha = min(group["lr"] for group in trained["ste"][1].param_groups) / RATE
    print(f"alpha = {alpha:.6f}: the STE that follows has so much of the learning rate, and starts at M(w)")
    train(run, trained, data, int(updates))
    with steq.open(run) as opened:
        for other in "ste", "plain":
            rows = opened.metrics(learners=("stable", other))
            same, changed = (rows.where(metric=f"quantized_weight_agreement{part}")["value"][0] for part in ("", "_of_changed"))
            print(f"stable and {other}: {same:.2%} of the weights end on the same level, {changed:.2%} of those that changed")
    print(f"steq report {run}")


if __name__ == "__main__":
    main()
