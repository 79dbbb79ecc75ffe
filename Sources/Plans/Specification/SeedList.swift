import Specs

/// Seeds as things that are numbered.
package enum Seeds: Numbering {
  package static let noun = "seed"
  package static let key = "seeds"
  /// The rest of a random stream's key is its purpose.
  package static let allowed = 0...Int(UInt32.max)
}

/// Seeds of an experiment's runs.
package typealias SeedList = NumberList<Seeds>

extension SeedList {
  /// In the order in which they run.
  package var seeds: [Int] { numbers }
}
