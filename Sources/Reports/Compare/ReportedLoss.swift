/// The function whose values are the `val_loss` and `test_loss` of an experiment; only those of one function can be
/// ranked.
///
/// It is the mean of the spec's loss over the images, with its parameters and label smoothing, plus the penalty that
/// regularizers add for the network's own parameters. Class weights and mixed images count in training alone.
struct ReportedLoss: Hashable {
  /// The values that make the function, by their addresses; in order.
  private let terms: [Term]

  private struct Term: Hashable {
    let address: String
    let value: String
  }

  /// The function of the experiment that `values` has under `name`, whose networks have so many parameters. One whose
  /// values cannot be read is like no other.
  init(of name: String, parameterCount: Int, in values: ValueTable) {
    guard values.contains(name) else {
      self.terms = [Term(address: Self.unreadable, value: name)]
      return
    }
    func terms(_ isWanted: (String) -> Bool) -> [Term] {
      values.addresses.filter(isWanted).compactMap { address in
        values.text(at: address, in: name).map { Term(address: address, value: $0) }
      }
    }
    let regularizers = terms(\.isOfRegularizer)
    // The penalty for other parameters is another function.
    let penalty =
      regularizers.isEmpty ? [] : [Term(address: Self.parameters, value: "\(parameterCount)")]
    self.terms = terms(\.isOfReportedLoss) + regularizers + penalty
  }

  private static let unreadable = "values.json"
  private static let parameters = "the regularized network's number of parameters"

  /// The first value in which this function is another than `other`, as in `loss is focal, not mean_squared_error`; nil
  /// if it is the same.
  func difference(from other: ReportedLoss) -> String? {
    let (own, others) = (values, other.values)
    let addresses = (terms + other.terms).map(\.address)
    guard let address = addresses.first(where: { own[$0] != others[$0] }) else { return nil }
    if address == Self.unreadable { return "values.json cannot be read" }
    return "\(address) is \(own[address] ?? "none"), not \(others[address] ?? "none")"
  }

  private var values: [String: String] {
    Dictionary(terms.map { ($0.address, $0.value) }) { first, _ in first }
  }
}

extension String {
  /// True if this is the address of a loss or of a parameter of it that counts in validation and test.
  fileprivate var isOfReportedLoss: Bool {
    (self == "loss" || hasPrefix("loss.")) && !hasPrefix("loss.class_weight")
  }

  /// True if this is the address of a layer's regularizer, or of something in one.
  fileprivate var isOfRegularizer: Bool {
    let steps = split(separator: ".")
    return steps.indices.dropFirst().contains {
      steps[$0].hasSuffix("_regularizer") && steps[$0 - 1] != "layers"
    }
  }
}
