import Specs
import Testing

struct FieldDescriptionTests {
  private let fields = Dictionary(
    uniqueKeysWithValues: Convolution.fieldDescriptions.map { ($0.key, $0) })

  @Test func itSaysWhatTheDeclarationSays() throws {
    #expect(
      Convolution.fieldDescriptions.map(\.key)
        == ["filters", "kernel_size", "strides", "padding", "activation"])
    let filters = try #require(fields["filters"])
    #expect(filters.help == "Number of output channels.")
    #expect(filters.isRequired)
    #expect(filters.conditions == ["must be at least 1"])
    #expect(filters.typeInWords == "whole number, at least 1")
    #expect(filters.presenceInWords == "required")
    #expect(fields["strides"]?.presenceInWords == "default 1")
    #expect(fields["strides"]?.defaultValue == .integer(1))
    #expect(fields["activation"]?.presenceInWords == "optional")
    #expect(fields["activation"]?.defaultValue == nil)
  }

  private struct Limits: Spec {
    static let type = "limits", summary = "Every kind of limit."
    @Field("", .atLeast(1), .atMost(9)) var both = 1
    @Field("", .range(0..<1)) var share = 0.5
    @Field("", .nonEmpty) var name = "a"
    @Field("", .count(2...2)) var ends: [Double] = [0, 1]
    @Field("", Check("must rhyme") { _ in true }) var verse = "moon"
  }

  @Test func limitsAreShort() {
    #expect(
      Limits.fieldDescriptions.map(\.typeInWords) == [
        "whole number, between 1 and 9", "number, at least 0 and less than 1", "text, not empty",
        "list of numbers, 2 items", "text, must rhyme",
      ])
  }

  private struct Painted: Spec {
    static let type = "painted", summary = "Has examples."
    @Field("", example: "[3, 5]") var size: Pair
    @Field("", example: "{epochs: 4, batch_size: 32}") var training: Training
    @Field("") var padding: Padding
    @Field("") var layers: [OneOf<Layers>]
    @Field("", example: "8") var count = 3
    @Field("") var other = 3
  }

  @Test func examplesAreDeclaredOrFollow() {
    #expect(
      Painted.example.flow
        == "{size: [3, 5], training: {epochs: 4}, padding: valid, layers: [conv2d], count: 8}")
  }
}
