import Diagnostics
import Specs
import TextLayout

/// The shares of the training images that '--learning-curve' trains on: a sweep over 'data.limit'.
struct LearningCurve {
  /// The shares as they were typed.
  private let shares: [String]

  /// The most shares that one curve may have.
  private static let most = 100

  /// The shares in `text`: `0.1,0.2,0.5,1`.
  init(_ text: String) throws(Mistake) {
    let shares = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    let numbers = shares.compactMap { Double($0) }.filter { $0 > 0 && $0 <= 1 }
    guard numbers.count == shares.count, (2...Self.most).contains(shares.count),
      Set(numbers).count == numbers.count
    else {
      throw Mistake(
        description:
          "needs 2 to \(Self.most) different shares above 0 and up to 1, such as 0.1,0.2,0.5,1")
    }
    self.shares = shares
  }

  /// The reason why a text has no such shares.
  struct Mistake: Error, CustomStringConvertible { let description: String }

  /// The shares as an argument.
  var argument: String { shares.joined(separator: ",") }

  /// The same as an argument of '--set'.
  var setting: String {
    // A whole share is no limit.
    let values = shares.map { "'\($0)': \(Double($0) == 1 ? "null" : $0)" }
    return "sweep={parameters: {\(Self.limit): {\(values.joined(separator: ", "))}}}"
  }

  private static let limit = "data.limit"

  /// Reports what `file` says, but the curve would replace.
  func validate(_ file: SpecFile, _ diagnostics: inout Diagnostics) {
    let limit = file.tree["data"]?["limit"]
    for (key, node) in [("sweep", file.tree["sweep"]), (Self.limit, limit)] {
      guard let node, !node.isNull else { continue }
      diagnostics.error(
        .sweptOverride, "'--learning-curve' would replace '\(key)', which the spec has",
        at: node.location,
        hint: key == "sweep"
          ? "leave the option out, and write '\(Self.limit): [0.1, 0.2, 0.5, null]' among the sweep's parameters"
          : "leave '\(key)' out of the spec: each share is one")
    }
  }
}
