import Diagnostics
import Documents
import Specs

/// The ways to map bytes to the numbers that a network reads.
package enum Normalization: SpecValue, Hashable {
  /// From 0 to 1: byte / 255.
  case unit
  /// From −1 to 1: (byte − 127.5) / 127.5.
  case symmetric
  /// Mean 0 and standard deviation 1 of each channel, over all pixels of the training images.
  case standard
  /// (byte / 255 − mean) / std, as torchvision's Normalize.
  case constants(mean: PerChannel, std: PerChannel)

  private static let names: [(name: String, value: Normalization)] = [
    ("unit", .unit), ("symmetric", .symmetric), ("standard", .standard),
  ]

  private static let otherNames: OtherNames = [
    "standard": ["zscore", "standardize", "StandardScaler"],
    "unit": ["minmax", "rescale"],
  ]

  package static var schema: Schema {
    .described(
      names.map(\.name).joined(separator: ", ") + ", or a map of mean and std",
      .alternatives([.names(names.map(\.name)), .spec(Constants.self)]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Normalization? {
    if case .map = node.kind {
      return Constants.decode(node, &diagnostics).map { .constants(mean: $0.mean, std: $0.std) }
    }
    if let named = names.first(where: { $0.name == node.text }) { return named.value }
    let near = node.text.flatMap {
      node.isNull ? nil : Suggestions.nearest(to: $0, among: names.map(\.name), otherNames)
    }
    reportWrongType(node, &diagnostics, hint: near.map { "did you mean '\($0)'?" })
    return nil
  }

  package var tree: PlainValue {
    if case .constants(let mean, let std) = self {
      return .map([("mean", mean.tree), ("std", std.tree)])
    }
    return Self.names.first { $0.value == self }.map { .string($0.name) } ?? .null
  }

  /// Reports lists that don't have a number for each of the images' `channels`. `node` is the whole value's.
  package func validate(channels: Int, at node: Node?, _ diagnostics: inout Diagnostics) {
    guard case .constants(let mean, let std) = self else { return }
    for (key, numbers) in [("mean", mean), ("std", std)] {
      guard case .each(let list) = numbers, list.count != channels else { continue }
      diagnostics.error(
        .channelCount,
        channels == 1
          ? "'\(key)' has \(list.count) numbers, but the images have 1 channel"
          : "'\(key)' has \(list.count) numbers, but the images have \(channels) channels",
        at: (node?[key] ?? node)?.location,
        hint: channels == 1
          ? "write one number" : "write \(channels) numbers, or one alone for all channels")
    }
  }

  private struct Constants: Spec {
    static let type = "normalization"
    static let summary = "Subtracts a mean from pixels between 0 and 1, and divides by a deviation."
    static let source: String? = "torchvision's Normalize"

    @Field(
      "What becomes 0, where black is 0 and white 1: a number, or one for each channel.",
      example: "[0.485, 0.456, 0.406]", .range(0...1))
    var mean: PerChannel
    @Field(
      "The difference that becomes 1: a number, or one for each channel.",
      example: "[0.229, 0.224, 0.225]", .range(0.001...1))
    var std: PerChannel

    static var otherKeys: OtherNames {
      ["mean": ["means"], "std": ["stddev", "stds", "deviation", "sd"]]
    }
  }
}
