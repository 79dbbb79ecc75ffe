"""Predicts with the network in an ONNX file, as 'measures/inference.py' asks.

    python onnxruntime_peer.py MODEL IMAGES BATCH THREADS PASSES

Prints the seconds of each pass over so many images of noise, BATCH at a time.
"""

import sys
import time

import numpy
import onnxruntime

import task

images, size, threads, passes = map(int, sys.argv[2:])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
(described,) = session.get_inputs()
pixels = numpy.random.default_rng(0).random((images, *described.shape[1:]), dtype=numpy.float32)
for number in range(passes):
    start = time.perf_counter()
    for first in range(0, images, size):
        session.run(None, {described.name: pixels[first : first + size]})
    task.say(epoch=number + 1, seconds=time.perf_counter() - start)
