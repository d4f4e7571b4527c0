# SPDX-License-Identifier: MIT
"""ResNet-50 on ImageNet as a pair in lockstep: one learner with an estimator, one with the STE that follows it, on the same
batches, recorded for steq. On one GPU or CPU, or on several with `torchrun --nproc_per_node=N resnet50_pair.py RUN ...`.
After an interruption the same command goes on from RUN/checkpoint.pt."""
import argparse
import os
import subprocess

import torch
from imagenet import batches
from resnet import QUANTIZED, ResNet

from steq.program import program
from steq.torch import Recorder, equivalent, quantize

PAIR = ("q-hat", "ste")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("run", help="run directory to write")
    parser.add_argument("--images", help="folder of ImageNet, with train/CLASS/*.JPEG; without it images are drawn")
    parser.add_argument("--updates", type=int, default=450000)
    parser.add_argument("--batch", type=int, default=256, help="images an update of one process")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--estimator", default="dsq:k=6.5")
    parser.add_argument("--quantizer", default="uniform:bits=2")
    parser.add_argument("--amp", action="store_true", help="bfloat16; of float16 a scaler that skips would part the pair")
    parser.add_argument("--sample", type=float, default=0.01, help="share of the weights that is recorded throughout")
    parser.add_argument("--window", type=int, nargs=2, action="append", default=[], metavar=("FIRST", "LAST"),
                        help="updates in which all weights are recorded; may be repeated")
    parser.add_argument("--checkpoint-every", type=int, default=5000, metavar="UPDATES")
    parser.add_argument("--depths", type=int, nargs="+", default=[3, 4, 6, 3])
    for name, default in ("width", 64), ("size", 224), ("classes", 1000):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


class Learner:
    """One of the pair, as this process has it."""

    def __init__(self, name, model, optimizer, args, ranks):
        self.name, self.model, self.optimizer, self.args = name, model, optimizer, args
        self.schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.updates)  # to 0: it keeps the ratio of rates
        self.recorder = Recorder(model, args.run, name, optimizer=optimizer, sample=args.sample or None, windows=args.window)
        self.device = next(model.parameters()).device
        gpus = [self.device] if self.device.type == "cuda" else None
        self.network = torch.nn.parallel.DistributedDataParallel(model, device_ids=gpus) if ranks > 1 else model

    def update(self, images, labels):
        self.optimizer.zero_grad()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.args.amp):
            loss = torch.nn.functional.cross_entropy(self.network(images), labels)
        loss.backward()
        self.optimizer.step()
        self.schedule.step()
        self.recorder.after_update(loss)
        return loss.detach()

    def parts(self):
        return {"model": self.model, "optimizer": self.optimizer, "schedule": self.schedule, "recorder": self.recorder}


def pair(args, device, ranks):
    torch.manual_seed(1)
    model = ResNet(args.depths, args.width, args.classes).to(device)
    quantize(model, QUANTIZED, args.quantizer, args.estimator)
    optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=0.9)  # weight decay would part the pair
    twin, twin_optimizer = equivalent(model, optimizer)
    halves = (model, optimizer), (twin, twin_optimizer)
    return [Learner(name, *half, args, ranks) for name, half in zip(PAIR, halves)]


def save(path, learners, updates):
    state = {name: {part: it.state_dict() for part, it in learner.parts().items()} for name, learner in zip(PAIR, learners)}
    torch.save({"updates": updates, **state}, path + ".new")
    os.replace(path + ".new", path)


def load(path, learners, device):
    """Returns how many updates were made."""
    if not os.path.exists(path):
        return 0
    state = torch.load(path, map_location=device)
    for name, learner in zip(PAIR, learners):
        for part, it in learner.parts().items():
            it.load_state_dict(state[name][part])
    return state["updates"]


def train(args, device, rank, ranks):
    learners, path = pair(args, device, ranks), os.path.join(args.run, "checkpoint.pt")
    first = load(path, learners, device)
    if rank == 0 and first == 0:
        save(path, learners, 0)  # so that the same command also goes on where it is ended early
    source = batches(args.images, args.size, args.classes, args.batch, first, rank, ranks)
    for update, (images, labels) in zip(range(first + 1, args.updates + 1), source):
        losses = [learner.update(images.to(device), labels.to(device)) for learner in learners]
        if rank == 0 and (update % 100 == 0 or update == args.updates):
            print(f"update {update}: " + ", ".join(f"{name} {loss:.4f}" for name, loss in zip(PAIR, losses)), flush=True)
        if rank == 0 and update % args.checkpoint_every == 0 and update < args.updates:
            save(path, learners, update)
    for learner in learners:
        learner.recorder.close()


def main():
    args, rank, ranks = arguments(), int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    gpu = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if gpu else torch.device("cpu")
    if gpu:
        torch.cuda.set_device(device)
    if ranks > 1:
        torch.distributed.init_process_group("nccl" if gpu else "gloo")
    train(args, device, rank, ranks)
    if ranks > 1:
        torch.distributed.destroy_process_group()
    if rank == 0:
        subprocess.run([program(), "diff", args.run, args.run, "--learners", ",".join(PAIR)])
        subprocess.run([program(), "report", args.run], check=True)


if __name__ == "__main__":
    main()
