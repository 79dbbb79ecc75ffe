import Specs
import Testing

private struct Border: FieldGroup {
  @Field("Pixels added.", .atLeast(0)) var padding = 0
  @Field("Color of the border.") var borderColor: String?
}

extension Border {
  fileprivate init(padding: Int) { _padding = Field(wrappedValue: padding, "Pixels added.") }
}

private struct WideFrame: Spec {
  static let type = "wide_frame", summary = "Puts a wide frame around images."
  @Field("Width.") var width: Int
  var border = Border(padding: 8)
}

private struct Frame: Spec {
  static let type = "frame", summary = "Puts a frame around images."
  @Field("Width.") var width: Int
  var border = Border()
  @Field("Whether it glows.") var glows = false
}

private struct Named: FieldGroup {
  @Field("Name.", .count(1...3)) var tags: [String] = ["x"]
  @Field("Order.", .atLeast(1)) var order: Int
}

private enum Frames: Catalog {
  typealias Member = Frame
  typealias Common = Named
  static let noun = "frame"
  static let all: [any Spec.Type] = [Frame.self]
}

struct FieldGroupTests {
  @Test func itsFieldsAreThoseOfTheSpec() throws {
    let frame = try #require(
      try decoded("{width: 3, padding: 2, border_color: red}", as: Frame.self))
    #expect(frame.border.padding == 2)
    #expect(frame.border.borderColor == "red")
    #expect(frame.tree.json == #"{"width":3,"padding":2,"border_color":"red","glows":false}"#)
  }

  @Test func copiesAreIndependent() throws {
    let frame = try #require(try decoded("{width: 3, padding: 2}", as: Frame.self))
    var other = frame
    other.border.padding = 5
    #expect(frame.border.padding == 2)
    #expect(Border().padding == 0)
  }

  /// Hashes of experiments are made of what is written here.
  @Test func aDefaultOfTheSpecsOwnIsWrittenWhereTheGroupHasAnother() throws {
    let plain = try #require(try decoded("{width: 3}", as: Frame.self))
    #expect(plain.treeWithoutDefaults.json == #"{"width":3}"#)
    #expect(plain.canonicalJSON(without: []) == #"{"width":3}"#)
    let wide = try #require(try decoded("{width: 3}", as: WideFrame.self))
    #expect(wide.treeWithoutDefaults.json == #"{"width":3,"padding":8}"#)
    #expect(wide.canonicalJSON(without: ["width"]) == #"{"padding":8}"#)
    let reset = try #require(try decoded("{width: 3, padding: 0}", as: WideFrame.self))
    #expect(reset.treeWithoutDefaults.json == #"{"width":3}"#)
  }

  @Test func mistakesInItAreTheSpecs() {
    #expect(
      findings("{width: 3, padding: -1, colour: red}", as: Frame.self) == """
        a.yaml:1:21: error: must be at least 0, got -1
            1 | {width: 3, padding: -1, colour: red}
              |                     ^
        a.yaml:1:25: error: 'frame' has no 'colour'
            1 | {width: 3, padding: -1, colour: red}
              |                         ^
        hint: 'frame' has width, padding, border_color, glows
        """)
  }

  @Test func allMembersOfACatalogueHaveItsCommonFields() throws {
    let member = try #require(
      try decoded("{type: frame, order: 2, width: 3}", as: OneOf<Frames>.self))
    #expect(member.value.width == 3)
    #expect(member.common.order == 2)
    #expect(member.common.tags == ["x"])
    #expect(
      member.tree.json
        == #"{"type":"frame","width":3,"padding":0,"glows":false,"tags":["x"],"order":2}"#)
    #expect(member.treeWithoutDefaults.json == #"{"type":"frame","width":3,"order":2}"#)
  }

  @Test func mistakesInCommonFieldsAreTheMembers() {
    #expect(
      findings("{type: frame, width: 3, tags: [], ordr: 1}", as: OneOf<Frames>.self) == """
        a.yaml:1:31: error: must have 1 to 3 items, got []
            1 | {type: frame, width: 3, tags: [], ordr: 1}
              |                               ^
        a.yaml:1:35: error: 'frame' has no 'ordr'
            1 | {type: frame, width: 3, tags: [], ordr: 1}
              |                                   ^
        hint: did you mean 'order'? 'frame' has width, padding, border_color, glows, tags, order
        """)
    #expect(
      findings("{type: frame, width: 3}", as: OneOf<Frames>.self).contains(
        "error: 'frame' needs 'order': order\n"))
  }
}
