import Testing

@Suite struct RandomGrayscaleTests {
  @Test func `as many images as asked for lose their colours`() throws {
    let count = try (0..<1000).count { sample in
      let found = try augmented(
        redAndBlue, twoColours, "[{type: random_grayscale, probability: 0.3}]", sample: sample)
      let isGrey = found[0] == found[1] && found[1] == found[2]
      #expect(isGrey || found == redAndBlue)
      return isGrey
    }
    #expect(abs(count - 300) < 60)
  }

  @Test func `grey images are an error`() throws {
    #expect(try misfits("[random_grayscale]", square).count == 1)
  }
}
