import Diagnostics
import Documents
import Specs
import Tensors

/// One combination of a sweep's values.
package struct SweepCell: Sendable, CustomStringConvertible {
  /// The number of the combination, from 1.
  package let number: Int
  /// The number of all combinations.
  package let count: Int
  /// The labels of its values.
  package let labels: [Label]
  let choices: [Choice]

  /// A value and the path at which it is set.
  typealias Choice = (path: NodePath, value: Node)

  /// The label of a value.
  package struct Label: Sendable, Hashable {
    /// The shortest tail of its address: `learning_rate`.
    package let name: String
    package let value: String
    /// The address of the value.
    package let address: String
  }

  /// `learning_rate: 0.001, filters: 32`
  package var description: String {
    labels.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
  }

  /// `tree` with the values of `choices` set; paths that lead nowhere are reported.
  static func applied(
    _ choices: [Choice], to tree: Node, _ diagnostics: inout Diagnostics
  ) -> Node {
    choices.reduce(tree) { tree, choice in
      tree.setting(choice.value, at: choice.path, &diagnostics) ?? tree
    }
  }
}

extension SweepSpec {
  /// The values that the parameters vary in `tree`; none if one of them names no value, which is then reported.
  func targets(
    in tree: Node, _ resolver: AddressResolver, _ diagnostics: inout Diagnostics
  ) -> [AddressResolver.Target] {
    let targets = parameters.entries.compactMap { entry in
      NodePath(entry.name, at: entry.key.location, &diagnostics).flatMap {
        resolver.target(of: $0, in: tree, &diagnostics)
      }
    }
    return targets.count == parameters.entries.count ? targets : []
  }

  /// All combinations, in order, where the parameters set these `targets` among values with `names`.
  func cells(_ targets: [AddressResolver.Target], _ names: Addresses) -> [SweepCell] {
    let combinations = combinations
    let names = targets.map { names.shortest(of: $0.address) }
    return combinations.enumerated().map { index, choices in
      SweepCell(
        number: index + 1, count: combinations.count,
        labels: zip(zip(names, targets), choices).map {
          SweepCell.Label(name: $0.0, value: $1.label, address: $0.1.address)
        },
        choices: zip(targets, choices).map { ($0.path, $1.node) })
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
}
