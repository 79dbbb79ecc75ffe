import Diagnostics
import Foundation
import Specs
import Testing

struct FieldTests {
  @Test func copiesOfASpecAreIndependent() {
    var one = Convolution()
    one.filters = 8
    var other = one
    other.filters = 16
    other.strides = 2
    #expect(one.filters == 8)
    #expect(one.strides == 1)
    #expect(other.filters == 16)
    #expect(other.strides == 2)
    #expect(Convolution().strides == 1)
  }

  @Test func specsInsideOfSpecsAreIndependentToo() {
    struct Inner: Spec {
      static let type = "inner", summary = ""
      @Field("") var size = 32
    }
    struct Outer: Spec {
      static let type = "outer", summary = ""
      @Field("") var inner = Inner()
    }
    var one = Outer()
    let before = one
    one.inner.size = 64
    #expect(one.inner.size == 64)
    #expect(before.inner.size == 32)
    #expect(Outer().inner.size == 32)
  }

  @Test func readingOneFileLeavesTheDefaultsAlone() throws {
    _ = try decoded("{epochs: 3, batch_size: 7}", as: Training.self)
    #expect(Training().batchSize == 32)
  }

  @Test func anAbsentOptionalIsLeftOutUnlessItHasADefault() throws {
    struct Limits: Spec {
      static let type = "limits", summary = ""
      @Field("") var none: Int?
      @Field("") var some: Int? = 5
    }
    #expect(Limits().tree == .map([("some", .integer(5))]))
    let cleared = try #require(try decoded("some: null", as: Limits.self))
    #expect(cleared.some == nil)
    #expect(cleared.tree == .map([("some", .null)]))
  }

  @Test func groupsOfFieldsBelongToTheirSpec() throws {
    let text = "{name: it, rate: 0.25, kind: 2}"
    let grouped = try #require(try decoded(text, as: Grouped.self))
    #expect(grouped.noise.rate == 0.25)
    #expect(grouped.tree.json == #"{"name":"it","rate":0.25,"kind":2}"#)
    var other = grouped
    other.noise.rate = 0.5
    #expect(grouped.noise.rate == 0.25)
    #expect(
      findings("{rate: 2}", as: Grouped.self) == """
        a.yaml:1:1: error: 'grouped' needs 'name': what it is called
            1 | {rate: 2}
              | ^
        a.yaml:1:8: error: must be at most 1, got 2
            1 | {rate: 2}
              |        ^
        """)
  }

  @Test func aFieldKnowsWhereItsValueStands() throws {
    let text = """
      name: it
      rate: 0.25
      """
    let grouped = try #require(try decoded(text, as: Grouped.self))
    #expect(grouped.$name.location?.line == 1)
    #expect(grouped.$name.location?.column == 7)
    #expect(grouped.noise.$rate.location?.line == 2)
    #expect(grouped.noise.$rate.location?.column == 7)
    #expect(grouped.noise.$rate.specLocation?.line == 1)
    #expect(Grouped().$kind.location == nil)
  }

  @Test func aDefaultStandsWhereItsSpecDoes() throws {
    let layers = try #require(
      try decoded(
        "[{type: dropout, rate: 0.5}, {type: conv2d, filters: 2, kernel_size: 3}]",
        as: [OneOf<Layers>].self))
    let convolution = try #require(layers[1].value as? Convolution)
    #expect(convolution.$strides.node == nil)
    #expect(convolution.$strides.location?.column == 30)
    #expect(convolution.$filters.location?.column == 54)
  }

  @Test func itemsOfListsHavePlacesOfTheirOwn() throws {
    let spec = try #require(
      try decoded("{seeds: [4, 5], layers: [flatten], training: {epochs: 1}}", as: Experiment.self))
    #expect(spec.$seeds.location(ofItem: 1)?.column == 13)
    #expect(spec.$seeds.location(ofItem: 2) == spec.$seeds.location)
    #expect(spec.training.$batchSize.location?.column == 46)
  }

  @Test func aValueSetByCodeDropsThePlaceOfTheOneBefore() throws {
    let text = "{name: it, kind: 2}"
    var grouped = try #require(try decoded(text, as: Grouped.self))
    let before = grouped
    grouped.kind = 3
    #expect(grouped.$kind.node == nil)
    #expect(grouped.$kind.location?.column == 1)
    #expect(before.$kind.location?.column == 18)
    grouped.kind = 4
    #expect(grouped.$kind.location?.column == 1)
    #expect(grouped.$name.location?.column == 8)
  }

  @Test func valuesSharedByACacheBringTheirPlaces() throws {
    var diagnostics = Diagnostics()
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: "{name: it, kind: 2}"))
    let cache = SectionCache()
    var (first, _) = Grouped.decodeFields(of: node, reusing: cache, &diagnostics)
    let (second, isWhole) = Grouped.decodeFields(of: node, reusing: cache, &diagnostics)
    #expect(isWhole)
    #expect(second.kind == 2)
    #expect(second.$kind.location?.column == 18)
    first.kind = 5
    #expect(second.kind == 2)
    #expect(second.$kind.location?.column == 18)
    #expect(second.noise.$rate.location?.column == 1)
  }

  @Test func whatIsRightHasAValueBesideMistakes() throws {
    var diagnostics = Diagnostics()
    let text = """
      name: [1]
      seeds: [1, x, 3]
      layers: [flatten, {type: conv2d}, {type: dropout, rate: 0.5}]
      training: {epochs: 0}
      """
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: text))
    let (spec, isWhole) = Experiment.decodeFields(
      of: node, reusing: SectionCache(), &diagnostics)
    #expect(!isWhole)
    #expect(diagnostics.errorCount == 5)
    #expect(spec.$name.value == nil)
    #expect(spec.$name.location?.line == 1)
    #expect(spec.$seeds.value == [1, 3])
    #expect(
      spec.$layers.value?.map { $0.tree.json } == [
        "\"flatten\"", #"{"type":"dropout","rate":0.5}"#,
      ])
    #expect(spec.$training.value == nil)
    #expect(spec.$limit.value == .some(nil))
  }

  @Test func nothingElseEncodesASpec() {
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(Grouped()) }
  }
}

private struct Noise: FieldGroup {
  @Field("How much.", .atMost(1)) var rate = 0.5
}

private struct Grouped: Spec {
  static let type = "grouped"
  static let summary = "Has fields of its own and of a group."
  @Field("What it is called.") var name: String
  var noise = Noise()
  @Field("Which one.") var kind = 1
}
