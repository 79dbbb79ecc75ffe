import Testing

@Suite struct RandomApplyTests {
  @Test func allStepsAreTakenOrNone() throws {
    let steps = "[{type: random_invert, probability: 1}, {type: random_brightness, fraction: 0.2}]"
    let found = try (0..<1000).map {
      try augmented(
        [0.5, 0.3, 0.4, 0.6], pixels, "[{type: random_apply, probability: 0.2, steps: \(steps)}]",
        sample: $0)
    }
    let changed = found.filter { $0 != [0.5, 0.3, 0.4, 0.6] }
    #expect(abs(changed.count - 200) < 52)
    #expect(changed.allSatisfy { abs($0[1] - $0[0] - 0.2) < 1e-6 && $0[0] != 0.5 })
  }

  @Test func noStepsAreAMistake() throws {
    #expect(
      try mistakes("[{type: random_apply, steps: []}]")
        == ["1:30: must not be empty, got []"])
    #expect(
      try mistakes("[random_apply]") == ["1:2: 'random_apply' needs 'steps': the steps to take"])
  }

  @Test func imagesAreNotMixedInside() throws {
    #expect(
      try mistakes("[{type: random_apply, steps: [cutmix]}]")
        == [
          "1:31: 'cutmix' cannot stand inside of 'random_apply'; "
            + "make 'cutmix' the last entry of 'augmentation'"
        ])
  }
}
