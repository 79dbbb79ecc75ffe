import Runs
import Specs
import Tensors

/// The file of `model.weights`.
enum InitialWeights {
  /// The parameters in the file at `path`, which must be all those of `graph` and no others; nil if they are not,
  /// which is then reported.
  static func read(
    _ path: String, for graph: Graph, at location: Location?, _ diagnostics: inout Diagnostics
  ) -> NamedTensors? {
    let tensors: NamedTensors
    do {
      tensors = try Safetensors.decode(Storage.read(path))
    } catch let error as SafetensorsError {
      diagnostics.error(
        "weights-damaged", "'\(path)' is no file of weights: \(error)", at: location,
        hint: "each run saves its own as weights.safetensors in its folder")
      return nil
    } catch {
      diagnostics.error("weights-unreadable", "\(error)", at: location)
      return nil
    }
    let problems = problems(of: tensors, in: graph)
    guard let first = problems.first else { return tensors }
    let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
    diagnostics.error(
      "weights-mismatch", "the weights don't fit the model: \(first)\(more)", at: location,
      hint: "the file must have every parameter of the model and no other, by name and shape")
    return nil
  }

  private static func problems(of tensors: NamedTensors, in graph: Graph) -> [String] {
    var shapes = [String: [Int]](
      tensors.entries.map { ($0.name, $0.tensor.shape) }, uniquingKeysWith: { first, _ in first })
    let unfit = graph.parameters.compactMap { name, parameter -> String? in
      let found = shapes.removeValue(forKey: name)
      guard found != parameter.shape else { return nil }
      return ParameterMismatch(name: name, wanted: parameter.shape, found: found).description
    }
    return unfit + shapes.keys.sorted().map { "the model has no '\($0)'" }
  }
}
