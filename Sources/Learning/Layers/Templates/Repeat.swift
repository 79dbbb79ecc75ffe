import Specs

/// Layers that stand several times, one after the other.
///
/// A layer called `a` is called `a_1`, `a_2` … in the model, and is `a` to the others of its repetition. `input` is
/// what comes in: the result of the repetition before.
package struct Repeat: LayerTemplate {
  package static let type = "repeat"
  package static let summary = "Stands for its layers several times, one after the other."

  @Field("How many times the layers stand in the model.", example: "3", .range(1...10_000))
  package var times: Int
  @Field("The layers, in order.", example: "[{type: dense, units: 64, activation: relu}]")
  package var layers: LayerItems

  package init() {}
}
