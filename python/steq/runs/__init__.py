# SPDX-License-Identifier: MIT
"""Run directories, of the program and of the recorder, as arrays."""
