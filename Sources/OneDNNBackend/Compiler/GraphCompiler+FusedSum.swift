internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// True if node `number` is a sum of two images that also computes the batch normalizations whose results it alone takes,
  /// and a ReLU behind it.
  func isFusedSum(_ number: Int) -> Bool {
    let node = graph.nodes[number]
    guard isOn(.normalizedSums), case .combination(.add) = node.operation else { return false }
    return node.inputs.count == 2 && !node.shape.isFlat
  }

  /// The end of a residual block, in one pass over what it reads; and going back, the mask of the ReLU and the sums that the
  /// gradients of normalizations are made of.
  func emitFusedSum(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let (first, lying) = try channelwise(node.inputs[0])
    let second = try reordered(
      value(of: node.inputs[1]).buffer, to: layout(first), for: node.layer)
    let sources = [first, second].map { Place.buffer($0) }
    let normalizations = node.inputs.map { normalizedBehind[$0] }
    let rectifier = fusedActivation(after: number)
    if let rectifier { masked.insert(rectifier) }
    let least: Float = rectifier == nil ? -.infinity : 0
    let result = buffer(layout(first))
    setValue(of: number, to: result, as: value(of: node.inputs[0]).shape)
    let factors = normalizations.map { $0?.place }
    let optional = OptionalPlaces(factors, after: 3)
    forward.append(sources + [.buffer(result)] + optional.places) { floats, _ in
      withSummands(floats, normalizations, (0..<2).map { optional.floats($0, floats) }) {
        exp_channel_add($0, $1, least, floats[2], lying)
      }
    }

    return { [self] in
      let gradient = rectifier == nil ? gradient(of: number) : changeableGradient(of: number)
      let sums = normalizations.map { $0?.sums.map { Place.buffer($0) } }
      if rectifier != nil || sums.contains(where: { $0 != nil }) {
        let optional = OptionalPlaces(factors + sums, after: 4)
        backward.append(
          sources + [.buffer(result), .buffer(gradient)] + optional.places
        ) { floats, lane in
          let given = (0..<4).map { optional.floats($0, floats) }
          withSummands(floats, normalizations, given) {
            exp_channel_add_gradient(
              $0, $1, least, floats[2], floats[3], lying.with(images: lane.samples.count))
          }
        }
      }
      for input in node.inputs where needsGradient(input) {
        try giveOperandGradient(of: input, in: gradient)
      }
    }
  }
}

/// Calls `body` with the operands as the kernels take them: they come first in `floats`; `places` has the factors of
/// their `normalizations` and, going back, the sums, where there are any.
private func withSummands(
  _ floats: Routine.Floats, _ normalizations: [FusedNormalization?],
  _ places: [UnsafeMutablePointer<Float>?], _ body: (exp_summand, exp_summand) -> Void
) {
  func summand(_ index: Int, _ normalization: UnsafePointer<exp_normalization>?) -> exp_summand {
    let length = normalizations[index]?.length ?? 0
    let sums = places.count > 2 ? places[index + 2] : nil
    return exp_summand(
      x: floats[index], normalization: normalization,
      inverse: places[index].map {
        UnsafePointer(NormalizationFactors($0, length: length).inverse)
      },
      sums: sums, products: sums.map { $0 + length })
  }
  normalizations[0].withPointer(places[0]) { first in
    normalizations[1].withPointer(places[1]) { second in
      body(summand(0, first), summand(1, second))
    }
  }
}
