"""Writes a table beside this script as pandas does, with labels that need quotes: two images of 2×2 pixels of each class."""

import csv
import pathlib

import pandas as pd

labels = ["a, b", 'the "c"', "two\r\nlines", "Größe"]
table = pd.DataFrame({
    "label": labels * 2,
    **{f"pixel{index}": [(row * 40 + index) % 256 for row in range(8)] for index in range(4)},
})
table.to_csv(
    pathlib.Path(__file__).parent / "quoted.csv", index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n",
    encoding="utf-8-sig")
