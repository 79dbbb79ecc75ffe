import Diagnostics
import Specs

/// The section `sweep:`.
package struct SweepSpec: Spec {
  package static let type = "sweep"
  package static let summary =
    "What to vary: the spec stands for an experiment with each combination."

  /// The ways to combine the values of several parameters.
  package enum Method: String, CaseIterable, SpecValue {
    /// Each with each; the last parameter varies fastest.
    case grid
    /// The first with the first, the second with the second.
    case zip
    /// Drawn.
    case random
  }

  @Field(
    "Whether each value meets each other one (grid), only those in the same place (zip), or all are drawn (random)."
  )
  package var method: Method = .grid
  @Field(
    "What varies: paths such as 'optimizer.learning_rate', each with a list of values, a map of values by labels, or "
      + "a distribution.", example: "{optimizer.learning_rate: [0.001, 0.003]}")
  package var parameters: NamedMap<SweepValues>
  @Field("How many combinations are drawn, with 'random'.", .range(1...100_000))
  package var samples: Int?
  @Field("Decides what is drawn; independent of a run's seed.", .range(0...4_294_967_295))
  package var seed = 0

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "samples": ["n_trials", "num_samples", "n_iter", "count", "run_cap"],
      "parameters": ["params", "space", "search_space"],
    ]
  }

  package static var foreignKeys: [String: String] {
    let ranking = "all metrics are recorded, and 'exp compare --sort-by' ranks experiments by one"
    return ["metric": ranking, "goal": ranking, "direction": ranking]
  }

  /// The most combinations that a sweep may have.
  static let mostCells = 100_000

  package func validate(_ diagnostics: inout Diagnostics) {
    let place = $method.location
    if parameters.entries.isEmpty {
      diagnostics.error(
        .outOfRange, "must not be empty, got {}", at: $parameters.location)
    }
    if method == .random, samples == nil {
      diagnostics.error(
        .sweepMethod, "'random' needs 'samples': how many combinations are drawn", at: place)
    }
    if method != .random {
      validateFixedMethod(&diagnostics)
    }
  }

  /// The number of combinations, at most one more than allowed.
  package var cellCount: Int {
    let counts = parameters.entries.map { $0.value.choices?.count ?? 0 }
    return switch method {
    case .grid: counts.reduce(1) { min($0 * $1, Self.mostCells + 1) }
    case .zip: counts.first ?? 0
    case .random: samples ?? 0
    }
  }

  private func validateFixedMethod(_ diagnostics: inout Diagnostics) {
    if samples != nil {
      diagnostics.error(
        .sweepMethod, "'samples' does nothing with '\(method.rawValue)'",
        at: $samples.location, hint: "add 'method: random', or leave it out")
    }
    var counts: [(name: String, count: Int, place: Location)] = []
    for entry in parameters.entries {
      guard let count = entry.value.choices?.count else {
        diagnostics.error(
          .sweepMethod, "'\(method.rawValue)' needs values, but this is a distribution",
          at: entry.location,
          hint: "add 'method: random' and 'samples', or list the values")
        continue
      }
      counts.append((entry.name, count, entry.key.location))
    }
    if method == .zip, let first = counts.first,
      let other = counts.first(where: { $0.count != first.count })
    {
      diagnostics.error(
        .sweepMethod,
        "'zip' needs as many values of each, but '\(first.name)' has \(first.count) and '\(other.name)' \(other.count)",
        at: other.place)
    }
    if method == .grid, cellCount > Self.mostCells {
      diagnostics.error(
        .outOfRange, "asks for more than \(Self.mostCells) combinations", at: $method.specLocation,
        hint: "use 'method: random' with 'samples'")
    }
  }
}
