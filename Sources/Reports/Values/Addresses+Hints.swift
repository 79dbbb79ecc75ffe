import Diagnostics
import Documents
import Metrics

extension Addresses {
  /// The name, among `others` and the short forms of addresses, that `name` most likely stands for.
  func nearest(to name: String, or others: [String]) -> String? {
    let names = others + all.map(shortest).sorted()
    return Suggestions.nearest(to: name, among: names, OtherNames(ScoreName.otherNames))
      ?? Suggestions.nearest(to: name, among: all.sorted())
  }

  /// The address that `name`, given to `option`, stands for. Throws `Diagnostics` if there is none: it begins with
  /// `absence`, and may suggest one of `others`.
  func required(
    _ name: String, for option: String, or others: [String],
    absence: String = "there is no column or value"
  ) throws(Diagnostics) -> String {
    let (message, hint): (String, String?)
    do {
      if let address = try address(of: name) { return address }
      message = "\(absence) '\(name)'"
      hint = nearest(to: name, or: others).map { "did you mean '\($0)'?" }
    } catch {
      message = error.description
      hint = AmbiguousAddress.hint
    }
    throw Diagnostics([
      Diagnostic(identifier: .unknownColumn, message: "\(option): \(message)", hint: hint)
    ])
  }
}
