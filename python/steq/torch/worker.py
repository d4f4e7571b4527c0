# SPDX-License-Identifier: MIT
"""A thread that does one thing after another while the training goes on."""
import queue
import threading


class Worker:
    """Holds at most a few tasks, so that memory is bounded: submit() waits where the thread cannot follow."""

    WAITING = 2

    def __init__(self, name):
        self.tasks, self.error = queue.Queue(self.WAITING), None
        self.thread = threading.Thread(target=self.work, name=name, daemon=True)
        self.thread.start()

    def work(self):
        while True:
            task = self.tasks.get()
            try:
                if task is None:
                    return
                if self.error is None:
                    task()
            except BaseException as error:  # handed to the training's thread, which decides
                self.error = error
            finally:
                del task  # it holds tensors, while the thread may wait long for the next one
                self.tasks.task_done()

    def submit(self, task):
        self.tasks.put(task)

    def wait(self):
        """Until everything is done that was submitted."""
        self.tasks.join()

    def stop(self):
        self.tasks.put(None)
        self.thread.join()
