import Diagnostics
import Documents
import Specs

/// The names of a model's layers, and the layers whose results each takes.
///
/// Number 0 stands for the images, the others for the layers in the order of the file.
struct LayerConnections {
  /// Each layer's name, unique in the model: its own, or its type with a number, as in Keras.
  let names: [String]
  /// The layers whose results each takes.
  let inputs: [[Int]]
  /// All numbers in an order in which each comes after its inputs; the first that can come is the next.
  let order: [Int]

  /// Finds the connections of `layers`; nil if there is a mistake in them, which is then reported.
  init?(_ layers: [OneOf<LayerCatalog>], _ diagnostics: inout Diagnostics) {
    let locations = [nil] + layers.map(\.location)
    guard let names = Self.names(layers, locations, &diagnostics),
      let inputs = Self.inputs(layers, names, &diagnostics)
    else { return nil }
    self.names = names
    self.inputs = inputs
    guard let order = Self.order(names, inputs, locations, &diagnostics),
      Self.areAllUsed(names, inputs, locations, &diagnostics)
    else { return nil }
    self.order = order
  }

  private static func names(
    _ layers: [OneOf<LayerCatalog>], _ locations: [Location?], _ diagnostics: inout Diagnostics
  ) -> [String]? {
    var numbers = ["input": 0]
    var isUnique = true
    for (index, layer) in layers.enumerated() {
      guard let name = layer.common.name else { continue }
      guard let first = numbers[name] else {
        numbers[name] = index + 1
        continue
      }
      isUnique = false
      diagnostics.error(
        .duplicateName,
        first == 0 ? "'input' is the name of the images" : "there is another layer '\(name)'",
        at: layer.common.$name.location,
        notes: first == 0 ? [] : [.init("it is here", at: locations[first])])
    }
    let names = ItemNames.names(
      of: layers.map { ($0.common.name, Swift.type(of: $0.value).type) }, reserved: ["input"])
    return isUnique ? ["input"] + names : nil
  }

  private static func inputs(
    _ layers: [OneOf<LayerCatalog>], _ names: [String], _ diagnostics: inout Diagnostics
  ) -> [[Int]]? {
    var isComplete = true
    let inputs = layers.enumerated().map { index, layer in
      guard let references = layer.common.inputs else { return [index] }
      if references.isEmpty {
        isComplete = false
        diagnostics.error(
          .inputCount, "a layer takes at least one input",
          at: layer.common.$inputs.location,
          hint: "without 'inputs' it takes the layer before it")
      }
      return references.compactMap { reference in
        if let number = names.firstIndex(of: reference.name) { return number }
        isComplete = false
        let near = Suggestions.nearest(to: reference.name, among: names, LayerCatalog.otherNames)
        diagnostics.error(
          .unknownInput, "no layer has the name '\(reference.name)'", at: reference.location,
          hint: near.map { "did you mean '\($0)'?" }
            ?? "the names are " + names.joined(separator: ", "))
        return nil
      }
    }
    return isComplete ? [[]] + inputs : nil
  }

  private static func order(
    _ names: [String], _ inputs: [[Int]], _ locations: [Location?],
    _ diagnostics: inout Diagnostics
  ) -> [Int]? {
    var missing = inputs.map { Set($0).count }
    var takers = [[Int]](repeating: [], count: names.count)
    for (number, inputs) in inputs.enumerated() {
      for input in Set(inputs) { takers[input].append(number) }
    }
    // The numbers that can come, the first last.
    var ready = missing.indices.filter { missing[$0] == 0 }.reversed() as [Int]
    var order: [Int] = []
    while let number = ready.popLast() {
      order.append(number)
      for taker in takers[number] {
        missing[taker] -= 1
        guard missing[taker] == 0 else { continue }
        ready.insert(taker, at: ready.firstIndex { $0 < taker } ?? ready.endIndex)
      }
    }
    guard order.count < names.count else { return order }
    let waiting = missing.indices.filter { missing[$0] > 0 }
    report(circle(in: waiting, inputs), names, locations, &diagnostics)
    return nil
  }

  /// Layers that each take the result of the one before, and the first that of the last. Each of `waiting` takes one
  /// of them.
  private static func circle(in waiting: [Int], _ inputs: [[Int]]) -> [Int] {
    var path = [waiting[0]]
    while let next = inputs[path[path.count - 1]].first(where: waiting.contains) {
      if let start = path.firstIndex(of: next) { return path[start...].reversed() }
      path.append(next)
    }
    return path
  }

  private static func report(
    _ circle: [Int], _ names: [String], _ locations: [Location?], _ diagnostics: inout Diagnostics
  ) {
    // From the layer that comes first in the file.
    let start = circle.firstIndex(of: circle.min() ?? 0) ?? 0
    let turned = circle[start...] + circle[..<start]
    let chain = (turned + [turned[start]]).map { "'\(names[$0])'" }.joined(separator: " → ")
    diagnostics.error(
      .cycle,
      turned.count == 1 ? "\(chain): a layer cannot take its own result" : "\(chain) is a circle",
      at: locations[turned[turned.startIndex]],
      notes: turned.dropFirst().map { .init("'\(names[$0])' is here", at: locations[$0]) })
  }

  private static func areAllUsed(
    _ names: [String], _ inputs: [[Int]], _ locations: [Location?],
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    let used = Set(inputs.joined())
    let last = names.count - 1
    let unused = (1..<last).filter { !used.contains($0) }
    for number in unused {
      diagnostics.error(
        .unusedLayer, "nothing takes the result of '\(names[number])'", at: locations[number],
        notes: [.init("the layer after it has inputs of its own", at: locations[number + 1])],
        hint: "name it under another layer's 'inputs', or remove it; the model ends in "
          + "'\(names[last])', its last layer")
    }
    return unused.isEmpty
  }
}
