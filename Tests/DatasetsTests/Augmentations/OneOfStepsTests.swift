import Testing

@Suite struct OneOfStepsTests {
  @Test func eachStepIsTakenAsOften() throws {
    let steps = [1, 0.5, 0.25].map {
      "{type: random_erasing, probability: 1, scale: [1, 1], ratio: [1, 1], fill_value: \($0)}"
    }
    let found = try (0..<3000).map {
      try augmented(
        [0, 0, 0, 0], pixels, "[{type: one_of, steps: [\(steps.joined(separator: ", "))]}]",
        sample: $0)[0]
    }
    for value in [Float(1), 0.5, 0.25] {
      #expect(abs(found.count { $0 == value } - 1000) < 105)
    }
  }

  @Test func noStepsAreAMistake() throws {
    #expect(try mistakes("[{type: one_of, steps: []}]") == ["1:24: must not be empty, got []"])
  }

  @Test func everyStepDrawsItsOwnNumbers() throws {
    let move = "{type: random_translation, pixels: [1, 0]}"
    let shear = "{type: random_shear, degrees: 45}"
    for inner in [
      "{type: one_of, steps: [\(move)]}", "{type: random_apply, probability: 1, steps: [\(move)]}",
    ] {
      let maps = try drawnMaps("[\(inner), \(shear)]")
      // Each draws one number; all four combinations of their signs are there.
      #expect(maps.contains { $0.shift.y > 0.5 && $0.matrix.x.y > 0.5 })
      #expect(maps.contains { $0.shift.y > 0.5 && $0.matrix.x.y < -0.5 })
      #expect(maps.contains { $0.shift.y < -0.5 && $0.matrix.x.y > 0.5 })
      #expect(maps.contains { $0.shift.y < -0.5 && $0.matrix.x.y < -0.5 })
    }
  }
}
