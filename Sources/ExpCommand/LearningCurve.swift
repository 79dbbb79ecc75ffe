import Diagnostics
import Plans
import Specs
import TextLayout

/// The shares of the training images that '--learning-curve' trains on: a sweep over 'data.limit'.
struct LearningCurve {
  /// The shares as they were typed.
  private let shares: [String]

  /// The characters of numbers here and in specs; Swift takes others, too.
  private static let characters = Set("0123456789.+-eE")

  /// The most shares that one curve may have.
  private static let most = 100

  /// The shares in `text`: `0.1,0.2,0.5,1`.
  init(_ text: String) throws(Mistake) {
    let shares = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    var known: Set<Double> = []
    for share in shares {
      guard share.allSatisfy(Self.characters.contains), let number = Double(share), number.isFinite
      else {
        throw Mistake("\(share.quoted) is no number")
      }
      guard number > 0, number <= 1 else {
        throw Mistake("a share is above 0 and up to 1, \(share) is not")
      }
      guard known.insert(number).inserted else { throw Mistake("the share \(share) stands twice") }
    }
    guard (2...Self.most).contains(shares.count) else {
      throw Mistake("a curve has 2 to \(Self.most) shares, not \(shares.count)")
    }
    self.shares = shares
  }

  /// The reason why a text has no such shares.
  struct Mistake: Error, CustomStringConvertible {
    let description: String

    fileprivate init(_ reason: String) {
      description = reason + "; write shares such as 0.1,0.2,0.5,1"
    }
  }

  /// The name of the option with its value, which stands in the place of a file in diagnostics.
  private var path: String { "--learning-curve \(argument)" }

  /// The shares as an argument.
  var argument: String { shares.joined(separator: ",") }

  /// The sweep over these shares.
  func overrides(_ diagnostics: inout Diagnostics) -> Overrides {
    // A whole share is no limit.
    let values = shares.map { "'\($0)': \(Double($0) == 1 ? "null" : $0)" }
    let sweep = "sweep={parameters: {\(Self.limit): {\(values.joined(separator: ", "))}}}"
    return Overrides([sweep], of: path, &diagnostics)
  }

  private static let limit = "data.limit"

  /// Reports what `file`, with what '--set' sets in it, says but the curve would replace; false if there is something.
  func validate(_ file: SpecFile, _ diagnostics: inout Diagnostics) -> Bool {
    var isValid = true
    let limit = file.tree["data"]?["limit"]
    for (key, node) in [("sweep", file.tree["sweep"]), (Self.limit, limit)] {
      guard let node, !node.isNull else { continue }
      isValid = false
      let isSet = node.location.file.path == Overrides.path
      diagnostics.error(
        .sweptOverride,
        "'--learning-curve' would replace '\(key)', which \(isSet ? "'--set' sets" : "the spec has")",
        at: node.location,
        hint: key == "sweep"
          ? "leave the option out, and write '\(Self.limit): [0.1, 0.2, 0.5, null]' among the sweep's parameters"
          : "leave '\(key)' out: each share is one")
    }
    return isValid
  }
}
