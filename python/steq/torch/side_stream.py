# SPDX-License-Identifier: MIT
"""A stream beside the training's on a GPU; nothing at all on a CPU."""
import contextlib

import torch


class SideStream:
    def __init__(self, device):
        self.stream = torch.cuda.Stream(device) if device.type == "cuda" else None

    @contextlib.contextmanager
    def after(self, event):
        """What is done within begins when the training's stream has come to the event."""
        if self.stream is None:
            yield
            return
        with torch.cuda.stream(self.stream):
            if event is not None:
                self.stream.wait_event(event)
            yield

    def on_host(self, tensors):
        """Arrays of tensors, None of None; on a GPU through pinned memory, with one wait for all."""
        if self.stream is None:
            return [None if tensor is None else tensor.numpy() for tensor in tensors]
        copies = [None if tensor is None else
                  torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True).copy_(tensor, non_blocking=True)
                  for tensor in tensors]
        self.stream.synchronize()
        return [None if copy is None else copy.numpy() for copy in copies]


def mark(device):
    """Where the training's stream is now."""
    return torch.cuda.current_stream(device).record_event() if device.type == "cuda" else None
