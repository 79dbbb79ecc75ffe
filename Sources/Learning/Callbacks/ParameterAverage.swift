import Tensors

/// An average of a network's learned parameters, made in float32 as the parameters are.
struct ParameterAverage {
  /// The average; nil before the first parameters.
  private(set) var average: NamedTensors?
  /// Names of the parameters that are not averaged.
  private let fixed: Set<String>

  /// An average over the parameters of `graph`; `average` if there is one already.
  init(of graph: Graph, average: NamedTensors? = nil) {
    self.average = average
    fixed = Set(graph.parameters.filter { !$0.parameter.isLearned }.map(\.name))
  }

  /// average ← average + weight · (parameters − average)
  mutating func move(to parameters: NamedTensors, weight: Double) {
    guard average != nil else {
      average = parameters
      return
    }
    let weight = Float(weight)
    for (index, entry) in parameters.entries.enumerated() where !fixed.contains(entry.name) {
      average?.entries[index].tensor.values.withUnsafeMutableBufferPointer { average in
        entry.tensor.values.withUnsafeBufferPointer { values in
          for place in average.indices {
            average[place] += (values[place] - average[place]) * weight
          }
        }
      }
    }
  }

  /// `parameters` with the average in place of those that are learned.
  func replacing(_ parameters: NamedTensors) -> NamedTensors {
    guard var result = average else { return parameters }
    for (index, entry) in parameters.entries.enumerated() where fixed.contains(entry.name) {
      result.entries[index] = entry
    }
    return result
  }
}
