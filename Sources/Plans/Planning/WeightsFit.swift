import Diagnostics
import Exchange
import Learning
import Tensors

/// A comparison of what a file of weights has with what the layers of a network want.
struct WeightsFit {
  /// The parameters that fit, in the network's order.
  private(set) var parameters = NamedTensors()
  /// What does not fit, and the layer that it belongs to.
  private(set) var problems: [(layer: String?, text: String)] = []

  private let contents: WeightsContents
  private let names: WeightsNames
  private let layers: Set<String>
  private let graph: Graph
  private let isPyTorch: Bool
  /// Whether vectors of a network of PyTorch, of which the file is, have their numbers in another order.
  private let isOfOtherOrder: Bool
  /// The first parameter, by its name in the file, with values that no network can have, and which these are; nil if there
  /// is none.
  private(set) var firstUnusable: (name: String, reason: String)?
  /// The layers of which the file has a parameter, and those of which it lacks one.
  private var (found, lacking): (Set<String>, Set<String>) = ([], [])
  /// Names in the file of the tensors that are parameters.
  private var used: Set<String> = []

  init(_ contents: WeightsContents, _ names: WeightsNames, _ layers: Set<String>, of graph: Graph) {
    self.contents = contents
    self.names = names
    self.layers = layers
    self.graph = graph
    isPyTorch = contents.isPyTorch
    isOfOtherOrder = isPyTorch && !contents.isExportedForPyTorch && graph.hasOwnOrder
  }

  /// Finds the parameters, and what else there is of their layers or, unless it `isPartial`, of any.
  mutating func match(isPartial: Bool) {
    for parameter in graph.storedParameters(of: layers, isPyTorch: isPyTorch) { take(parameter) }
    for tensor in names.all where !used.contains(tensor.entry.name) {
      let layer = names.layer(of: tensor.name, among: layers)
      guard layer != nil || !isPartial, !isWithoutEffect(tensor, in: layer) else { continue }
      problems.append((layer, "the model has no '\(tensor.entry.name)'"))
    }
  }

  private mutating func take(_ parameter: StoredParameter) {
    let name = parameter.nameInFile
    guard let entry = names.entry(name, isPyTorch: isPyTorch) else {
      lacking.insert(parameter.layer)
      problems.append(
        (
          parameter.layer,
          ParameterMismatch(name: name, wanted: parameter.shapeInFile, found: nil).description
        ))
      return
    }
    used.insert(entry.name)
    found.insert(parameter.layer)
    guard entry.shape == parameter.shapeInFile else {
      let mismatch = ParameterMismatch(
        name: entry.name, wanted: parameter.shapeInFile, found: entry.shape)
      problems.append((parameter.layer, mismatch.description))
      return
    }
    if isOfOtherOrder, parameter.isOfVector {
      let reason =
        "'\(entry.name)' belongs to a vector in another order than PyTorch's 'Flatten' makes"
      problems.append((parameter.layer, reason))
      return
    }
    do {
      let tensor = try contents.tensor(entry, as: parameter)
      if firstUnusable == nil {
        firstUnusable = unusable(tensor, of: parameter, entry).map { (entry.name, $0) }
      }
      parameters.entries.append(.init(name: parameter.name, tensor: tensor))
    } catch {
      problems.append((parameter.layer, "\(error)"))
    }
  }

  /// The values of `tensor` that no network can have, in words; nil if there are none.
  private func unusable(
    _ tensor: Tensor, of parameter: StoredParameter, _ entry: StoredTensors.Entry
  ) -> String? {
    guard tensor.values.allSatisfy(\.isFinite) else {
      return contents.file.exceedsRange(entry)
        ? "values that do not fit float32" : "values that are no finite numbers"
    }
    let isVariance = parameter.name.hasSuffix(".moving_variance")
    return isVariance && tensor.values.contains { $0 < 0 } ? "variances below 0" : nil
  }

  /// Whether a network of PyTorch computes the same without `tensor`: it counts batches, or scales by 1 or adds 0 in a
  /// normalization, which has both or neither there.
  private func isWithoutEffect(_ tensor: WeightsNames.Tensor, in layer: String?) -> Bool {
    guard isPyTorch else { return false }
    if tensor.name.hasSuffix(".num_batches_tracked") { return true }
    let neutral: Float
    switch tensor.name.split(separator: ".").last {
    case "weight": neutral = 1
    case "bias": neutral = 0
    default: return false
    }
    guard graph.nodes.contains(where: { $0.layer == layer && $0.operation.normalization != nil }),
      let values = try? contents.file.tensor(tensor.entry).values
    else { return false }
    return values.allSatisfy { $0 == neutral }
  }

  /// Reports the first problem, how many there are, and the way out.
  func report(_ file: WeightsFile, at location: Location?, _ diagnostics: inout Diagnostics) {
    guard let first = problems.first else { return }
    let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
    let what = file.isPartial ? "the layers that are taken" : "the model"
    diagnostics.error(
      .weightsMismatch, "the weights don't fit \(what): \(first.text)\(more)", at: location,
      hint: hint(file))
  }

  private func hint(_ file: WeightsFile) -> String {
    let unfit = graph.nodes.map(\.layer).reduce(into: [String]()) { found, layer in
      let isUnfit = problems.contains { $0.layer == layer }
      if isUnfit, !found.contains(layer) { found.append(layer) }
    }
    // Tensors that the model does not know may be those that it lacks, under other names.
    let strangers = names.all.filter {
      !used.contains($0.entry.name) && names.layer(of: $0.name, among: layers) == nil
    }
    if !lacking.isSubset(of: found), !strangers.isEmpty {
      return "the file has \(WeightsNames.summary(of: strangers.map(\.entry.name))); "
        + "'rename: {NAME IN THE FILE: LAYER}' makes the model's names of them"
    }
    let rule =
      file.isPartial
      ? "the file must have every parameter of these layers, by name and shape"
      : "the file must have every parameter of the model and no other, by name and shape"
    if unfit.isEmpty { return rule + "; with 'layers' or 'except' it may have others" }
    if unfit.count == layers.count { return rule }
    let except = (file.except.map(\.text) + unfit).joined(separator: ", ")
    return file.isPartial
      ? "'except: [\(except)]' begins anew what does not fit"
      : rule + "; '{file: …, except: [\(except)]}' begins anew what does not fit"
  }
}
