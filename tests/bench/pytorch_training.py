#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What training_bench measures, written in PyTorch (1.13) as its users would who care for speed: channels_last, weights
quantized once a step in one flat array, change points recorded in passes over that array. Prints one line of JSON.

--setting tuned starts itself again with what makes Debian's PyTorch faster: jemalloc that keeps freed pages, OpenBLAS
built with OpenMP so that it shares PyTorch's threads (both where they are installed), OpenBLAS's AVX-512 kernels where
the processor has AVX-512, and threads bound to cores. Exits with 77 where PyTorch is not installed."""
import argparse
import json
import os
import pathlib
import re
import resource
import sys
import sysconfig
import time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    models = ["mnist-convnet", "resnet20", "resnet18", "resnet50"]
    parser.add_argument("--model", default=models[0], choices=models)
    parser.add_argument("--batch", type=int, help="images a step; default 128, 16 for the models of large images")
    parser.add_argument("--learners", type=int, default=2, help="trained in lockstep; dsq and ste take turns")
    parser.add_argument("--bits", type=int, default=2, help="a quantized weight")
    parser.add_argument("--optimizer", default="sgd", choices=["sgd", "adam"])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--record", action=argparse.BooleanOptionalAction, default=True, help="log change points")
    parser.add_argument("--seconds", type=float, default=3, help="to measure, after a warm-up")
    parser.add_argument("--setting", default="stock", choices=["stock", "tuned"])
    parser.add_argument("--libraries", help="where tuned looks for libraries; default: the system's folder")
    return parser.parse_args()


def tuned_environment(folder):
    """What tuned adds to the environment."""
    folder = pathlib.Path(folder or "/usr/lib/" + (sysconfig.get_config_var("MULTIARCH") or ""))
    added = {"OMP_PROC_BIND": "true"}
    if "avx512dq" in pathlib.Path("/proc/cpuinfo").read_text():
        added["OPENBLAS_CORETYPE"] = "SkylakeX"
    if (folder / "openblas-openmp").is_dir():
        added["LD_LIBRARY_PATH"] = str(folder / "openblas-openmp")
    if (folder / "libjemalloc.so.2").exists():
        added["LD_PRELOAD"] = str(folder / "libjemalloc.so.2")
        added["MALLOC_CONF"] = "dirty_decay_ms:-1,muzzy_decay_ms:-1"
    return added


def restart_tuned(folder):
    added = tuned_environment(folder)
    environment = {**os.environ, **added, "STEQ_TUNED": " ".join(sorted(added))}
    os.execve(sys.executable, [sys.executable] + sys.argv, environment)


args = arguments()
if args.setting == "tuned" and "STEQ_TUNED" not in os.environ:
    restart_tuned(args.libraries)
try:
    import torch
except ImportError:
    sys.exit(77)
from torch.nn import functional as F

from pytorch_networks import NETWORKS
from pytorch_quantization import Dsq, FlatWeights, Ste


class Learner:
    def __init__(self, network, estimator):
        self.network = network.to(memory_format=torch.channels_last)
        self.weights = FlatWeights(network, args.bits, estimator, args.record)
        if args.optimizer == "sgd":
            self.optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
        else:
            self.optimizer = torch.optim.Adam(network.parameters(), lr=0.001)

    def step(self, number, images, labels):
        self.optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(self.network(images), labels).backward()
        self.optimizer.step()
        self.weights.update(number)


def batches(side, channels, classes, size):
    """Shuffled batches of 16 MiB of random images without end. In channels_last by their strides: a conversion would
    leave images of one channel as they are, and PyTorch would take them for contiguous."""
    n = max(size, 2**24 // (side * side * channels))
    images = torch.randint(0, 256, (n, side, side, channels), dtype=torch.uint8)
    labels = torch.randint(0, min(classes, 256), (n,))
    while True:
        for chosen in torch.randperm(n)[: n // size * size].split(size):
            yield images[chosen].float().div_(255).permute(0, 3, 1, 2), labels[chosen]


def learners_of(make):
    """With equal initial weights."""
    networks = [make() for _ in range(args.learners)]
    for network in networks[1:]:
        network.load_state_dict(networks[0].state_dict())
    return [Learner(network, Ste if i % 2 else Dsq) for i, network in enumerate(networks)]


def run(learners, data, first, seconds, most):
    """Steps until so many seconds have passed or so many are done, at least one; their number, and seconds."""
    start = time.perf_counter()
    steps, elapsed = 0, 0.0
    while steps == 0 or (elapsed < seconds and steps < most):
        images, labels = next(data)
        steps += 1
        for learner in learners:
            learner.step(first + steps, images, labels)
        elapsed = time.perf_counter() - start
    return steps, elapsed


def blas_libraries():
    """The files that serve this process as BLAS and allocator."""
    maps = pathlib.Path("/proc/self/maps").read_text()
    return sorted({pathlib.Path(path).name for path in re.findall(r"/\S*(?:blas|jemalloc)\S*\.so\S*", maps)})


def main():
    make, side, channels, classes, usual_batch = NETWORKS[args.model]
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    batch = args.batch or usual_batch
    learners = learners_of(make)
    data = batches(side, channels, classes, batch)
    warm, _ = run(learners, data, 0, args.seconds / 2, 5)
    steps, seconds = run(learners, data, warm, args.seconds, 2**20)
    result = {name: getattr(args, name) for name in ("model", "learners", "bits", "optimizer", "threads", "record")}
    result |= {
        "program": "pytorch",
        "version": torch.__version__,
        "setting": args.setting,
        "tuned": os.environ.get("STEQ_TUNED", "").split(),
        "libraries": blas_libraries(),
        "batch": batch,
        "steps": steps,
        "steps_per_second": steps / seconds,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "change_points": [learner.weights.change_points() for learner in learners],
    }
    print(json.dumps(result))


main()
