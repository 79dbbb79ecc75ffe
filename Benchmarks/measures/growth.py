"""How exp's time per image grows with what a user may make larger. exp alone."""

import dataclasses

from harness.rounds import Case, Reading
from harness.sides import Task


def cases(sides, options):
    exp = next((side for side in sides if side.name == "exp"), None)
    if exp is None:
        return
    task = Task("mnist-baseline", images=6_400, epochs=3, batch_size=128, threads=options.threads)
    cores = range(1, options.threads + 1)
    deeper = dataclasses.replace(task, network="mnist-baseline-deeper")
    yield case(exp, "batch", {size: (with_batch(task, size), {}) for size in (32, 64, 128, 256, 512)})
    yield case(exp, "width", {width: (task, {"variables.width": width}) for width in (0.5, 1, 2)})
    yield case(exp, "depth", {depth: (deeper, {"variables.depth": depth}) for depth in (1, 2, 3)})
    yield case(exp, "threads", {count: (dataclasses.replace(task, threads=count), {}) for count in cores})
    yield case(
        exp, "data", {count: (dataclasses.replace(task, images=count), {}) for count in (3_200, 12_800, 51_200)})


def with_batch(task, size):
    # As many whole batches as come closest to the images of the others: a ragged one would count as well.
    return dataclasses.replace(task, batch_size=size, images=size * round(task.images / size))


def case(exp, name, points):
    sides = {
        f"{name} {value}": lambda number, point=point: reading(exp, *point, number) for value, point in points.items()
    }
    return Case(
        f"growth/{name}", "µs/image", "lower", sides, reference=next(iter(sides)), ratio="growth",
        note=f"{next(iter(points.values()))[0].network}, exp alone",
    )


def reading(exp, task, settings, number):
    trained = exp.train(dataclasses.replace(task, seed=number), settings=settings)
    flops = sum(layer["flops"] for layer in trained.manifest["layers"])
    return Reading(
        1e6 / trained.rate(), trained.process.others, {"parameters": trained.parameters, "flops_per_image": flops})
