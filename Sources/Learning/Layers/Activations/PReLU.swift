import Specs
import Tensors

/// Leaky ReLU with learned slopes.
package struct PReLU: LayerSpec {
  package static let type = "prelu"
  package static let summary = "Multiplies negative values with learned slopes."
  package static let source: String? = "He et al. 2015; Keras's PReLU"

  @Field("How the slopes are drawn before training.")
  package var alphaInitializer = OneOf<InitializerCatalog>(Zeros())
  @Field("Term of the loss that keeps the slopes small.")
  package var alphaRegularizer: OneOf<RegularizerCatalog>?
  @Field(
    "Axes along which all places share a slope: 1 for rows, 2 for columns; by default none.",
    .axes)
  package var sharedAxes: [Int]?

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let axes = sharedAxes ?? []
    let shape = graph.nodes[input].shape
    guard axes.isEmpty || !shape.isFlat else {
      throw LayerError(
        "a vector has no rows or columns to share a slope, got \(shape)",
        hint: "leave 'shared_axes' out")
    }
    return try graph.append(
      .prelu(isShared: .init(rows: axes.contains(1), columns: axes.contains(2))), layer: name,
      input: input, ["alpha": ParameterSettings(alphaInitializer, alphaRegularizer)])
  }
}

extension Check where Value == [Int]? {
  fileprivate static var axes: Self {
    Check(
      "must name 1 or 2, each once",
      bounds: [
        ("minimum", .integer(1)), ("maximum", .integer(2)), ("uniqueItems", .bool(true)),
      ]
    ) { axes in
      let axes = axes ?? []
      return axes.allSatisfy { 1...2 ~= $0 } && Set(axes).count == axes.count
    }
  }
}
