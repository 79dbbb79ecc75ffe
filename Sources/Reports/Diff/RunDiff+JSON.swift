import Documents
import Metrics
import Records

extension RunDiff {
  /// The comparison with all digits.
  package var json: JSONValue {
    .object([
      .init("a", json(first.record)), .init("b", json(second.record)),
      .init("identical", .boolean(isIdentical)),
      .init("labels", json(labels)), .init("spec", spec.map(json) ?? .null),
      .init("environment", json(environment)), .init("data", json(data)),
      .init("scores", .array(ScoreName.allCases.compactMap(json))),
      .init("classes", classes.map { .array($0.map(json)) } ?? .null),
      .init("history", history.map(json) ?? .null),
      .init("predictions", predictions.map(json) ?? .null),
      .init("problems", .array((first.problems + second.problems).map { .string($0) })),
    ])
  }

  private func json(_ run: RunRecord) -> JSONValue {
    .object([
      .init("name", .string(run.name)), .init("seed", .integer(run.seed)),
      .init("status", .string(run.status.rawValue)), .init("path", .string(run.folder.path)),
    ])
  }

  private func json(_ values: [ValueDiff]) -> JSONValue {
    .array(
      values.map { value in
        .object([
          .init("key", .string(value.key)),
          .init("a", value.first.map { .string($0) } ?? .null),
          .init("b", value.second.map { .string($0) } ?? .null),
        ])
      })
  }

  private func json(_ score: ScoreName) -> JSONValue? {
    let (mine, theirs) = values(of: score)
    guard mine != nil || theirs != nil else { return nil }
    let change = mine.flatMap { mine in theirs.map { $0 - mine } }
    return .object([
      .init("score", .string(score.rawValue)), .init("a", json(mine)), .init("b", json(theirs)),
      .init("difference", json(change)),
    ])
  }

  private func json(_ entry: ClassDiff) -> JSONValue {
    func pair(_ name: String, _ score: (ClassScores) -> Double) -> JSONValue.Member {
      .init(
        name,
        .object([.init("a", .real(score(entry.first))), .init("b", .real(score(entry.second)))]))
    }
    return .object([
      .init("class", .string(entry.name)), pair("precision", \.precision), pair("recall", \.recall),
      pair("f1", \.f1),
    ])
  }

  private func json(_ history: HistoryDiff) -> JSONValue {
    let difference = history.firstDifference.map { difference in
      JSONValue.object([
        .init("epoch", .integer(difference.epoch)), .init("column", .string(difference.column)),
        .init("a", json(difference.first)), .init("b", json(difference.second)),
      ])
    }
    return .object([
      .init("epochs_a", .integer(history.firstCount)),
      .init("epochs_b", .integer(history.secondCount)),
      .init("first_difference", difference ?? .null),
    ])
  }

  private func json(_ predictions: PredictionDiff) -> JSONValue {
    .object([
      .init("both_right", .integer(predictions.bothRight)),
      .init("only_a_right", .integer(predictions.test.onlyFirst)),
      .init("only_b_right", .integer(predictions.test.onlySecond)),
      .init("both_wrong", .integer(predictions.bothWrong)),
      .init("p_value", .real(predictions.test.pValue)),
    ])
  }

  private func json(_ value: Double?) -> JSONValue { value.map { .real($0) } ?? .null }
}
