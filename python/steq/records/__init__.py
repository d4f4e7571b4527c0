# SPDX-License-Identifier: MIT
"""The files of a run directory: logs.h5, which survives a kill at any moment, and safetensors."""
