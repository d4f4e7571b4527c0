# SPDX-License-Identifier: MIT
"""A recording across restarts of the training."""
import torch

from ..errors import RecorderError
from ..records.grid_rows import GridRows


def state_of(recorder):
    """The log holds everything before the last update, of which no forward pass may have been yet."""
    if recorder.step:
        recorder.flush_now()
    loss = recorder.pending.loss
    return {"learner": recorder.learner, "step": recorder.step, "path": recorder.pending.path.tolist(),
            "loss": None if loss is None else float(loss),
            "weights": {tensor.name: tensor.count for tensor in recorder.tensors}}


def load_state(recorder, state):
    check_state(recorder, state)
    log, step = recorder.recording.log, state["step"]
    with recorder.store.lock:
        if step == 0:
            log.remove()
            recorder.store.commit()
            recorder.capture(recorder.path.restart(state["path"]), {})
            return
        check_log(recorder, step)
        log.truncate(step - 1)
        recorder.store.commit()
        known = torch.cat([torch.from_numpy(log.levels(tensor.name)) for tensor in recorder.tensors])
        grids = GridRows(log.group).last()
    device = recorder.layout.tensors[0].known.device
    recorder.recording.resume(known.to(device, recorder.layout.dtype), grids or None, step - 1)
    recorder.old_grids = {name: tuple(torch.as_tensor(number, dtype=torch.float32, device=device) for number in grid)
                          for name, grid in grids.items()}
    recorder.step, recorder.initial = step, None
    recorder.capture(recorder.path.restart(state["path"]), recorder.old_grids)
    recorder.pending.loss = state["loss"]


def check_state(recorder, state):
    place = f"the state of {state.get('learner', 'no learner')}"
    if recorder.step:
        raise RecorderError(f"{place} comes after update {recorder.step}; allowed: before the first update")
    if state.get("learner") != recorder.learner:
        raise RecorderError(f"{place} is not allowed; allowed: that of {recorder.learner}")
    counts = {tensor.name: tensor.count for tensor in recorder.tensors}
    if state["weights"] != counts:
        raise RecorderError(f"{place} is of the tensors {state['weights']}; allowed: those of the model, {counts}")


def check_log(recorder, step):
    log, path = recorder.recording.log, recorder.store.path
    if not log.exists():
        raise RecorderError(f"{path} holds no learner {recorder.learner}; allowed: the directory of the state")
    stored = int(log.group["steps"][0])
    if stored < step - 1:
        raise RecorderError(f"{path} ends at update {stored}; the state is of update {step}, and needs {step - 1}")
    for tensor in recorder.tensors:
        header, group = recorder.recording.header(tensor, recorder.layout.empty().cpu().numpy()), log.group[tensor.name]
        watched = group["watched"][()].tolist() if "watched" in group else None
        if watched != (None if header.watched is None else header.watched.tolist()):
            raise RecorderError(f"{path}: {tensor.name} was recorded with another sample; allowed: the same sample and seed")
