import Datasets
import Diagnostics
import Files
import Learning
import Tensors

/// The parameters in the file of `model.weights`.
struct InitialWeights {
  let parameters: NamedTensors
  /// SHA-256 of the file, in hexadecimal.
  let checksum: String

  /// Reads `file`, which must have all parameters of `graph` and no others; nil if it has not, which is then reported.
  init?(
    _ file: WeightsFile, for graph: Graph, at location: Location?, _ cache: PlanCache,
    _ diagnostics: inout Diagnostics
  ) {
    let path = file.path.path
    let tensors: NamedTensors
    do {
      let known = try cache.weights(at: path) {
        // Weights of somewhat larger networks are read, to say in what they differ.
        let bytes = try Storage.read(path, limit: max(Storage.usualLimit, 2 * graph.largestFile))
        return (SHA256.hexDigest(of: bytes), Result { try Safetensors.decode(bytes) })
      }
      checksum = known.checksum
      if let wanted = file.sha256, wanted.lowercased() != checksum {
        diagnostics.error(
          .weightsChanged, "'\(path)' is not what it was: its SHA-256 is \(checksum)",
          at: location, hint: "give its path alone to take it as it is now")
        return nil
      }
      tensors = try known.tensors.get()
    } catch let error as SafetensorsError {
      diagnostics.error(
        .weightsDamaged, "'\(path)' is no file of weights: \(error)", at: location,
        hint: "each run saves its own as weights.safetensors in its folder")
      return nil
    } catch {
      diagnostics.error(.weightsUnreadable, "\(error)", at: location)
      return nil
    }
    if let bad = tensors.entries.first(where: { !$0.tensor.values.allSatisfy(\.isFinite) }) {
      diagnostics.error(
        .weightsNotFinite, "'\(bad.name)' in '\(path)' has values that are no finite numbers",
        at: location)
      return nil
    }
    let problems = Self.problems(of: tensors, in: graph)
    parameters = tensors
    guard let first = problems.first else { return }
    let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
    diagnostics.error(
      .weightsMismatch, "the weights don't fit the model: \(first)\(more)", at: location,
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
