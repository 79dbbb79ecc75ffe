"""Writes types.safetensors: numbers in the types that PyTorch saves, and as it converts them to float32.

Run it in this folder; it needs safetensors and torch.
"""

import torch
from safetensors.torch import save_file

# Subnormal, largest and infinite numbers, both zeros, and what rounds up and down.
NUMBERS = [[0.0, -0.0, 1.0, -2.5], [6e-8, -1.1754944e-38, 65504.0, float("inf")], [0.1, 1 / 3, 3.14159265358979, -7e-5]]

tensors = {"num_batches_tracked": torch.tensor(7)}
for kind in (torch.float16, torch.bfloat16, torch.float64):
    name = str(kind).removeprefix("torch.")
    tensors[name] = torch.tensor(NUMBERS, dtype=torch.float64).to(kind)
    tensors[f"{name}.as_float32"] = tensors[name].to(torch.float32)
save_file(tensors, "types.safetensors", {"torch": torch.__version__.split("+")[0]})
