import ExperimentExamples
import Testing

/// What the combinations of a sweep are.
@Suite struct SweepSpecTests {
  private func cells(_ sweep: String) throws -> [String] {
    let reading = try Reading(spec(["sweep": sweep]))
    #expect(reading.text == "")
    return reading.plans.compactMap { $0.cell?.description }
  }

  @Test func `a grid has each value with each other, the last varying fastest`() throws {
    #expect(
      try cells("{parameters: {training.epochs: [1, 2], optimizer.learning_rate: [0.1, 0.2]}}")
        == [
          "epochs: 1, learning_rate: 0.1", "epochs: 1, learning_rate: 0.2",
          "epochs: 2, learning_rate: 0.1", "epochs: 2, learning_rate: 0.2",
        ])
  }

  @Test func `zip takes values in the same place`() throws {
    #expect(
      try cells(
        "{method: zip, parameters: {training.epochs: [1, 2], optimizer.learning_rate: [0.1, 0.2]}}")
        == ["epochs: 1, learning_rate: 0.1", "epochs: 2, learning_rate: 0.2"])
  }

  @Test func `what is drawn depends on the sweep's seed alone, and lies in the range`() throws {
    func drawn(_ seed: Int, samples: Int = 20) throws -> [String] {
      try cells(
        "{method: random, samples: \(samples), seed: \(seed), parameters: {optimizer.learning_rate: {type: log_uniform, min: 0.001, max: 0.1}, training.epochs: {type: int_uniform, min: 2, max: 4}, optimizer.beta_1: {type: uniform, min: 0.5, max: 0.9}, training.batch_size: [8, 16]}}"
      )
    }
    let first = try drawn(0)
    #expect(first == (try drawn(0)))
    #expect(Array(first.prefix(5)) == (try drawn(0, samples: 5)))
    #expect(first != (try drawn(1)))
    for cell in first {
      let values = cell.split(separator: ", ").compactMap { Double($0.split(separator: " ")[1]) }
      #expect(values.count == 4)
      #expect((0.001...0.1).contains(values[0]))
      #expect([2, 3, 4].contains(values[1]))
      #expect((0.5..<0.9).contains(values[2]))
      #expect([8, 16].contains(values[3]))
    }
    #expect(Set(first.map { $0.split(separator: ", ")[1] }).count == 3)
  }

  @Test func `whole lists have labels, and short names tell parameters apart`() throws {
    #expect(
      try cells(
        "{parameters: {augmentation: {none: [], turned: [{type: random_rotation, degrees: 9}]}, model.layers.dense.units: [10], model.layers.0.pool_size: [2, [2, 1]]}}"
      ) == [
        "augmentation: none, units: 10, pool_size: 2",
        "augmentation: none, units: 10, pool_size: [2, 1]",
        "augmentation: turned, units: 10, pool_size: 2",
        "augmentation: turned, units: 10, pool_size: [2, 1]",
      ])
    #expect(
      try cells(
        "{parameters: {augmentation: [[], [{type: random_rotation, degrees: 9}], [{type: random_rotation, degrees: 5}]]}}"
      ) == [
        "augmentation: []", "augmentation: [random_rotation]", "augmentation: [random_rotation]_1",
      ])
  }

  @Test func `each combination is a spec of its own`() throws {
    let reading = try Reading(
      spec(["sweep": "{parameters: {optimizer.learning_rate: [0.01, 0.02]}}"]))
    let alone = try Reading(spec(["optimizer": "{type: adam, learning_rate: 0.02}"]))
    #expect(Set(reading.plans.map(\.specHash)).count == 2)
    #expect(reading.plans[1].specHash == alone.plan?.specHash)
    #expect(reading.plans[1].resolvedText(seed: 0) == alone.plan?.resolvedText(seed: 0))
  }

  @Test func `values may refer to others, and variables may vary`() throws {
    let reading = try Reading(
      spec([
        "variables": "{rate: 0.1}", "optimizer": "{type: adam, learning_rate: \"${rate / 10}\"}",
        "sweep":
          "{parameters: {variables.rate: [0.1, 0.2], training.batch_size: [\"${2 * training.epochs}\"]}}",
      ]))
    #expect(reading.text == "")
    #expect(reading.plans.map(\.spec.training.batchSize) == [6, 6])
    #expect(reading.plans[1].resolvedText(seed: 0).contains("learning_rate: 0.02"))
  }

  @Test func `the same spec runs once, which is said`() throws {
    let reading = try Reading(spec(["sweep": "{parameters: {training.epochs: [1, 2, 1]}}"]))
    #expect(reading.plans.count == 2)
    #expect(
      reading.text.contains(
        "warning: combination 3 (epochs: 1_1) is the same spec as 1 (epochs: 1), and runs once\n"))
  }

  @Test func `a mistake of one combination says in which it is, one of all does not`() throws {
    let one = try Reading(spec(["sweep": "{parameters: {training.epochs: [1, 0]}}"])).text
    #expect(one.contains("error: must be at least 1, got 0\n"))
    #expect(one.contains("note: in the sweep's combination epochs: 0\n"))
    let all = try Reading(
      spec(["loss": "mse_", "sweep": "{parameters: {training.epochs: [1, 2]}}"])
    ).text
    #expect(all.contains("error: there is no loss 'mse_'\n"))
    #expect(!all.contains("combination"))
  }

  @Test func `thousands of combinations share what they have in common, and stay apart`() throws {
    let rates = (1...40).map { "\(Double($0) / 1000)" }.joined(separator: ", ")
    let units = (1...30).map { "[10, \($0)]" }.count
    let reading = try Reading(
      spec([
        "sweep":
          "{parameters: {optimizer.learning_rate: [\(rates)], training.epochs: [\((1...units).map(String.init).joined(separator: ", "))]}}"
      ]))
    #expect(reading.plans.count == 40 * 30)
    #expect(Set(reading.plans.map(\.specHash)).count == 40 * 30)
    let last = try #require(reading.plans.last)
    let alone = try Reading(
      spec([
        "optimizer": "{type: adam, learning_rate: 0.04}",
        "training": "{epochs: 30, batch_size: 16}",
      ]))
    #expect(last.specHash == alone.plan?.specHash)
  }
}
