import Documents
import Metrics
import Records

extension RunDiff {
  /// The comparison with all digits.
  package var json: PlainValue {
    .map([
      ("a", json(first.record)), ("b", json(second.record)),
      ("identical", .bool(isIdentical)),
      ("labels", json(labels)), ("spec", spec.map(json) ?? .null),
      ("environment", json(environment)), ("data", json(data)),
      ("scores", .list(ScoreName.allCases.compactMap(json))),
      ("classes", classes.map { .list($0.map(json)) } ?? .null),
      ("history", history.map(json) ?? .null),
      ("predictions", predictions.map(json) ?? .null),
      ("problems", .list((first.problems + second.problems).map { .string($0) })),
    ])
  }

  private func json(_ run: RunRecord) -> PlainValue {
    .map(
      [("name", .string(run.name)), ("seed", .integer(run.seed))]
        + (run.fold.map { [("fold", .integer($0.index))] } ?? []) + [
          ("status", .string(run.status.rawValue)), ("path", .string(run.folder.path)),
        ])
  }

  private func json(_ values: [ValueDiff]) -> PlainValue {
    .list(
      values.map { value in
        .map([
          ("key", .string(value.key)),
          ("a", value.first ?? .null), ("b", value.second ?? .null),
        ])
      })
  }

  private func json(_ score: ScoreName) -> PlainValue? {
    let (mine, theirs) = values(of: score)
    guard mine != nil || theirs != nil else { return nil }
    let change = canCompare(score) ? mine.flatMap { mine in theirs.map { $0 - mine } } : nil
    return .map([
      ("score", .string(score.rawValue)), ("a", json(mine)), ("b", json(theirs)),
      ("difference", json(change)),
    ])
  }

  private func json(_ entry: ClassDiff) -> PlainValue {
    func pair(_ name: String, _ score: (ClassScores) -> Double) -> PlainValue.Entry {
      (
        name,
        .map([("a", .number(score(entry.first))), ("b", .number(score(entry.second)))])
      )
    }
    return .map([
      ("class", .string(entry.name)), pair("precision", \.precision), pair("recall", \.recall),
      pair("f1", \.f1),
    ])
  }

  private func json(_ history: HistoryDiff) -> PlainValue {
    let difference = history.firstDifference.map { difference in
      PlainValue.map([
        ("epoch", .integer(difference.epoch)), ("column", .string(difference.column)),
        ("a", json(difference.first)), ("b", json(difference.second)),
      ])
    }
    return .map([
      ("epochs_a", .integer(history.firstCount)),
      ("epochs_b", .integer(history.secondCount)),
      ("first_difference", difference ?? .null),
    ])
  }

  private func json(_ predictions: PredictionDiff) -> PlainValue {
    .map([
      ("both_right", .integer(predictions.bothRight)),
      ("only_a_right", .integer(predictions.test.onlyFirst)),
      ("only_b_right", .integer(predictions.test.onlySecond)),
      ("both_wrong", .integer(predictions.bothWrong)),
      ("p_value", .number(predictions.test.pValue)),
    ])
  }

  private func json(_ value: Double?) -> PlainValue { value.map { .number($0) } ?? .null }
}
