import Datasets
import Diagnostics
import Specs
import Testing

struct NormalizationTests {
  private func decode(_ text: String) throws -> (Normalization?, Diagnostics, Node) {
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: text))
    var diagnostics = Diagnostics()
    return (Normalization.decode(node, &diagnostics), diagnostics, node)
  }

  /// What is wrong with `text` for images of so many channels.
  private func mistakes(_ text: String, channels: Int = 3) throws -> [String] {
    var (value, diagnostics, node) = try decode(text)
    value?.validate(channels: channels, at: node, &diagnostics)
    return diagnostics.all.map { mistake in
      let place = mistake.location.map { "\($0.line):\($0.column): " } ?? ""
      return place + mistake.message + (mistake.hint.map { "; \($0)" } ?? "")
    }
  }

  @Test(arguments: ["unit", "symmetric", "standard"])
  func `a name is written as it was read`(name: String) throws {
    #expect(try decode(name).0?.tree.json == "\"\(name)\"")
  }

  @Test func `mean and deviation are numbers, or lists with one for each channel`() throws {
    let text = "{mean: [0.485, 0.456, 0.406], std: 0.25}"
    #expect(
      try decode(text).0 == .constants(mean: .each([0.485, 0.456, 0.406]), std: .all(0.25)))
    #expect(
      try decode(text).0?.tree.json == #"{"mean":[0.485,0.456,0.406],"std":0.25}"#)
    #expect(try mistakes(text) == [])
    #expect(try mistakes("{mean: 0.13, std: [0.3]}", channels: 1) == [])
  }

  @Test func `lists must fit the images' channels`() throws {
    #expect(
      try mistakes("{mean: [0.5, 0.5], std: [0.2, 0.2, 0.2]}") == [
        "1:8: 'mean' has 2 numbers, but the images have 3 channels; "
          + "write 3 numbers, or one alone for all channels"
      ])
    #expect(
      try mistakes("{mean: 0.5, std: [0.2, 0.2, 0.2]}", channels: 1) == [
        "1:18: 'std' has 3 numbers, but the images have 1 channel; write one number"
      ])
  }

  @Test(arguments: [
    (
      "zscore",
      "1:1: needs unit, symmetric, standard, or a map of mean and std, got 'zscore'; did you mean 'standard'?"
    ),
    (
      "{mean: 0.5}",
      "1:1: 'normalization' needs 'std': the difference that becomes 1: a number, or one for each channel"
    ),
    ("{mean: 123.7, std: 0.2}", "1:8: must be between 0 and 1, got 123.7"),
    ("{mean: 0.5, std: [0.2, 0]}", "1:18: must be between 0.001 and 1, got [0.2,0.0]"),
    (
      "{mean: [], std: 0.2}", "1:8: needs a number, or a list with one for each channel, got a list"
    ),
    ("{mean: [0.1, x], std: 0.2}", "1:14: needs a number, got 'x'"),
    (
      "{mean: 50%, std: 0.2}",
      "1:8: needs a number, or a list with one for each channel, got '50%'; write 0.5"
    ),
  ])
  func `what is wrong is said`(text: String, mistake: String) throws {
    #expect(try mistakes(text) == [mistake])
  }

  @Test func `another name for the deviation leads to the right one`() throws {
    #expect(
      try mistakes("{mean: 0.5, stddev: 0.2}").first?.contains(
        "'normalization' has no 'stddev'; did you mean 'std'?") == true)
  }
}
