"""What is measured, by name. Each has a function that gives its cases."""

from measures import accuracy, growth, inference, memory, startup, training

MEASURES = {
    "training": training.cases,
    "startup": startup.cases,
    "accuracy": accuracy.cases,
    "inference": inference.cases,
    "memory": memory.cases,
    "growth": growth.cases,
}
