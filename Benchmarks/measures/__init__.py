"""What is measured, by name. Each has a function that gives its cases."""

from measures import accuracy, growth, inference, memory, roofline, startup, training

MEASURES = {
    "training": training.cases,
    "roofline": roofline.cases,
    "startup": startup.cases,
    "accuracy": accuracy.cases,
    "inference": inference.cases,
    "memory": memory.cases,
    "growth": growth.cases,
}
