import Diagnostics
import Specs
import Tensors

/// One combination of a sweep's values.
package struct SweepCell: Sendable, CustomStringConvertible {
  /// From 1.
  package let number: Int
  /// How many there are in all.
  package let count: Int
  /// What varies, with what each value is called.
  package let labels: [Label]
  let choices: [Choice]

  /// A value and where it is put.
  typealias Choice = (path: NodePath, value: Node)

  /// What one value is called.
  package struct Label: Sendable, Hashable {
    /// The end of the path that tells it from the others: `learning_rate`.
    package let name: String
    package let value: String
  }

  /// `learning_rate: 0.001, filters: 32`
  package var description: String {
    labels.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
  }

  /// `tree` with the values of `choices` in it; what leads nowhere is reported.
  static func applied(
    _ choices: [Choice], to tree: Node, _ diagnostics: inout Diagnostics
  ) -> Node {
    choices.reduce(tree) { tree, choice in
      tree.setting(choice.value, at: choice.path, &diagnostics) ?? tree
    }
  }
}

extension SweepSpec {
  /// All combinations, in order.
  func cells(_ diagnostics: inout Diagnostics) -> [SweepCell] {
    let paths = parameters.entries.compactMap { entry in
      NodePath(entry.name, at: entry.key.location, &diagnostics)
    }
    guard paths.count == parameters.entries.count else { return [] }
    let combinations = combinations
    let names = Self.shortNames(of: paths.map(\.description))
    return combinations.enumerated().map { index, choices in
      SweepCell(
        number: index + 1, count: combinations.count,
        labels: zip(names, choices).map { SweepCell.Label(name: $0, value: $1.label) },
        choices: zip(paths, choices).map { ($0, $1.node) })
    }
  }

  private var combinations: [[SweepValues.Choice]] {
    let values = parameters.entries.map(\.value)
    switch method {
    case .grid:
      return values.reduce([[]]) { combinations, value in
        combinations.flatMap { start in (value.choices ?? []).map { start + [$0] } }
      }
    case .zip:
      return (0..<(values.first?.choices?.count ?? 0)).map { place in
        values.compactMap { $0.choices?[place] }
      }
    case .random:
      return (0..<(samples ?? 0)).map { sample in
        values.enumerated().map { parameter, value in
          let stream = RandomStream(
            seed: UInt64(seed), purpose: .sweep, layer: parameter, sample: sample)
          return value.choice(at: Double(stream.bits(0)) * 0x1p-32)
        }
      }
    }
  }

  /// For each path the shortest end of it that none of the others has.
  private static func shortNames(of paths: [String]) -> [String] {
    let parts = paths.map { $0.split(separator: ".") }
    return parts.map { own in
      for length in 1..<max(own.count, 1) {
        let end = own.suffix(length)
        if parts.count(where: { $0.suffix(length).elementsEqual(end) }) == 1 {
          return end.joined(separator: ".")
        }
      }
      return own.joined(separator: ".")
    }
  }
}
