import Diagnostics
import Documents
import Metrics

/// A column of a comparison.
enum ComparisonColumn: Hashable {
  case experiment
  /// The value by which the rows are grouped, by its address.
  case group(String)
  case seed, fold, className, specs, runs
  /// The value at an address.
  case value(String)
  case score(ScoreName)
  /// 95 % confidence interval of a score's mean.
  case interval(ScoreName)
  /// A score of each fold by itself: mean and deviation over folds.
  case byFold(ScoreName)
  /// The difference of a score from the baseline's.
  case difference(ScoreName)
  /// The probability of such a difference by luck alone.
  case probability(ScoreName)
  case classScore(ClassScoreName)
  /// The number of images of the class.
  case support(ScoreName.Part)
  case parameters, epochs, trainSeconds, path

  /// The names of the fixed columns; no value is shortened to one of them.
  static let reservedNames = [
    "experiment", "name", "seed", "fold", "class", "specs", "runs", "parameters", "epochs",
    "train_seconds", "path", "dataset", "status", "p",
  ]

  /// The name in CSV and JSON; for values, the whole address.
  var key: String {
    switch self {
    case .experiment: "experiment"
    case .group(let key), .value(let key): key
    case .seed: "seed"
    case .fold: "fold"
    case .className: "class"
    case .specs: "specs"
    case .runs: "runs"
    case .score(let score): score.rawValue
    case .interval(let score): "\(score.rawValue)_interval"
    case .byFold(let score): "\(score.rawValue)_by_fold"
    case .difference(let score): "\(score.rawValue)_difference"
    case .probability(let score): "\(score.rawValue)_p"
    case .classScore(let score): score.rawValue
    case .support(let part): part.prefix + "support"
    case .parameters: "parameters"
    case .epochs: "epochs"
    case .trainSeconds: "train_seconds"
    case .path: "path"
    }
  }

  /// The header in a table.
  func title(_ names: Addresses) -> String {
    switch self {
    case .group(let key), .value(let key): names.shortest(of: key)
    case .interval: "interval"
    case .byFold: "by fold"
    case .difference(let score): "Δ\u{A0}\(score.rawValue)"  // one word where lines are broken
    case .probability: "p"
    default: key
    }
  }

  /// True if it holds text, which is aligned left.
  var isText: Bool {
    switch self {
    case .experiment, .group, .className, .path: true
    default: false
    }
  }

  /// The column by which `options` sort.
  ///
  /// Throws `Diagnostics` if there is none of that name.
  init(sorting options: ComparisonOptions, _ names: Addresses) throws(Diagnostics) {
    guard let name = options.sortColumn else {
      self = .score(options.choice)
      return
    }
    var plain: [ComparisonColumn] = [.experiment, .runs, .parameters, .epochs, .trainSeconds]
    var group: String?
    if let key = options.grouping.key {
      group = key
      plain.removeFirst()
    }
    if let column = plain.first(where: { $0.key == name }) {
      self = column
    } else if options.grouping == .runs, name == Self.seed.key {
      self = .seed
    } else if options.grouping == .runs, name == Self.fold.key {
      self = .fold
    } else if let score = ScoreName(rawValue: name) {
      self = .score(score)
    } else if case .circumstances = options.grouping, name == group {
      self = .group(name)
    } else {
      let others = plain.map(\.key) + ScoreName.allCases.map(\.rawValue)
      let key = try names.required(name, for: "--sort-by", or: others)
      self = group == nil ? .value(key) : .group(key)
      guard group == nil || group == key else {
        throw Diagnostics([
          Diagnostic(
            identifier: .unknownColumn,
            message: "--sort-by: rows of '--group-by' may hold several values '\(name)'",
            hint: "sort by what they are grouped by, or by one of \(others.joined(separator: ", "))"
          )
        ])
      }
    }
  }

  /// The key by which rows are sorted in rising order; nil if the row has no value.
  func sortKey(of row: ComparisonRow, _ values: ValueTable) -> SortKey? {
    switch self {
    case .experiment: .text(row.label)
    case .group: SortKey(row.name)
    case .seed: .number(Double(row.latest.seed))
    case .fold: SortKey(row.latest.fold.map { Double($0.index) })
    case .runs: .number(-Double(row.counted.count))
    case .parameters: .number(Double(row.latest.parameterCount))
    case .epochs: SortKey(row.statistics { Double($0.epochs) }?.mean)
    case .trainSeconds: SortKey(row.statistics(\.trainSeconds)?.mean)
    case .score(let score):
      SortKey(row.statistics(score).map { score.higherIsBetter ? -$0.mean : $0.mean })
    case .value(let key): values.value(at: key, in: row.specHash).map { SortKey($0) }
    default: nil
    }
  }

  /// Numbers come before texts.
  enum SortKey: Comparable {
    case number(Double)
    case text(String)

    init(_ text: String) { self = Self(Double(text)) ?? .text(text) }

    init(_ value: PlainValue) { self = Self(value.double) ?? .text(value.inTable) }

    /// Nil for NaN, which has no place in an order.
    init?(_ number: Double?) {
      guard let number, !number.isNaN else { return nil }
      self = .number(number)
    }
  }
}
