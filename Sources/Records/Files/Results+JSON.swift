import Documents
import Metrics

extension Results: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    let (validation, test): (Scores?, Scores?) = (
      try json(ifPresent: .validation), try json(ifPresent: .test)
    )
    guard validation != nil || test != nil else { throw node.error("has no scores") }
    self.init(
      validation: validation, test: test,
      weightsEpoch: try json(notNegative: .weightsEpoch),
      weightsSHA256: try json(.weightsSHA256), epochs: try json(notNegative: .epochs),
      trainSeconds: try json(notNegative: .trainSeconds),
      imagesPerSecond: try json(notNegative: .imagesPerSecond),
      stopReason: try json(ifPresent: .stopReason), targets: try json(.targets),
      temperature: try temperature(json(ifPresent: .temperature)),
      threshold: try json(ifPresent: .threshold))
    if threshold != nil,
      let other = [validation, test].compactMap(\.self).first(where: {
        $0.perClass.count != 2
      })
    {
      throw node.error("has a threshold for \(other.perClass.count) classes")
    }

    func temperature(_ value: Double?) throws -> Double? {
      guard value.map(TemperatureScaling.range.contains) ?? true else {
        throw node.error("has a temperature that nobody fits")
      }
      return value
    }
  }
}

extension DecisionThreshold: JSONReadable, Encodable {
  package init(json node: JSONNode) throws {
    let value = try node.real
    guard (0...1).contains(value) else { throw node.error("is no probability") }
    self.init(value: value)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension TargetResult: JSONReadable {
  /// The result in `node`; `isMet` is computed, not read.
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      name: try json(decoding: .name), wanted: try json(.wanted), got: try json(ifPresent: .got))
  }
}

extension Scores: JSONReadable {
  /// Reads loss, confusion matrix and what comes from probabilities, and computes the rest: results without a score that
  /// was invented later stay readable.
  package init(json node: JSONNode) throws {
    let (json, values) = (node.object(CodingKeys.self), node.object(Metric.Key.self))
    var (measured, ofProbabilities) = ([Metric](), [Metric: Double]())
    for metric in Metric.allCases where try node.hasValue(at: metric.rawValue) {
      measured.append(metric)
      guard metric.needsProbabilities else { continue }
      let value: Double? = try values(ifPresent: Metric.Key(metric))
      guard value.map(metric.range.contains) ?? true else {
        throw node.error("has a \(metric.rawValue) that no scores have")
      }
      ofProbabilities[metric] = value
    }
    self.init(
      confusionMatrix: try json(.confusionMatrix), loss: try values(Metric.Key(.loss)),
      measured: measured, ofProbabilities: ofProbabilities)
    // A run's own test images may have a loss that overflows.
    if !loss.isNaN, loss != .infinity { try requirePossibleLoss(in: node) }
  }

  /// Throws an error about `node` if its loss is not finite, or one that no network has.
  func requirePossibleLoss(in node: JSONNode) throws(JSONError) {
    guard Self.possibleLosses.contains(loss) else { throw node.error("has a loss of \(loss)") }
  }
}

extension ConfusionMatrix: JSONReadable {
  /// Reads a list of rows, which has to be square.
  package init(json: JSONNode) throws {
    let rows = try json.items
    var counts: [Int] = []
    for (number, row) in rows.enumerated() {
      try row.appendIntegers(to: &counts)
      guard counts.count == (number + 1) * rows.count else { break }
      // Only now is it sure that the file is as long as that.
      if number == 0 { counts.reserveCapacity(rows.count * rows.count) }
    }
    guard !rows.isEmpty, counts.count == rows.count * rows.count else {
      throw json.error("has to be square")
    }
    // Sums of such counts always fit.
    guard counts.allSatisfy((0...Int(Int32.max)).contains) else {
      throw json.error("has counts below 0 or too large")
    }
    self.init(classCount: rows.count, counts: counts)
  }
}
