import Tensors

extension NamedTensors {
  /// The first tensor of `repetition` that differs, in words; nil if there is none.
  func difference(in repetition: NamedTensors) -> String? {
    let names = (entries.map(\.name), repetition.entries.map(\.name))
    if let index = names.0.firstDifference(from: names.1) {
      func name(_ list: [String]) -> String { index < list.count ? "'\(list[index])'" : "none" }
      return "tensor \(index + 1) is \(name(names.1)), recorded as \(name(names.0))"
    }
    for (old, new) in zip(entries, repetition.entries) {
      if let difference = old.tensor.difference(in: new.tensor) {
        return "'\(old.name)' is the first tensor that differs: \(difference)"
      }
    }
    return nil
  }
}

extension Tensor {
  fileprivate func difference(in repetition: Tensor) -> String? {
    guard shape == repetition.shape else {
      return "its shape is \(repetition.shape), recorded as \(shape)"
    }
    // Bit patterns, so that 0 is not -0, and NaN equals itself.
    let differing = values.indices.filter {
      values[$0].bitPattern != repetition.values[$0].bitPattern
    }
    guard let first = differing.first else { return nil }
    return "number \(first + 1) of \(values.count) is \(repetition.values[first]), "
      + "recorded as \(values[first]); \(differing.count) differ"
  }
}
