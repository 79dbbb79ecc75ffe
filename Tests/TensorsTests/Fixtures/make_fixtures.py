"""Writes example.safetensors with the Python package; run it in this folder; it needs safetensors and numpy."""

import numpy
from safetensors.numpy import save_file

save_file({"dense.kernel": numpy.arange(6, dtype="float32").reshape(2, 3) / 4 - 1,
           "dense.bias": numpy.array([numpy.inf, -0.0, 1e-45], dtype="float32"),
           "scalar": numpy.array(2.5, dtype="float32"),
           "empty": numpy.zeros((0, 4), dtype="float32"),
           "größe \"1\"": numpy.array([7], dtype="float32")},
          "example.safetensors", metadata={"made by": "safetensors"})
