internal import COneDNN
import Tensors

/// A graph as a list of kernel calls for one lane, shared by all workers.
struct CompiledGraph: Sendable {
  let laneSize: Int
  let inputShape: ImageShape
  let classCount: Int
  let loss: any LossFunction
  /// The tensors each worker has for itself.
  let buffers: [Buffer]
  /// Where the images go in, and where the values before the final softmax come out.
  let input: Int
  let logits: Int
  /// Where the loss puts the gradient of the logits; nil if the program doesn't learn.
  let logitsGradient: Int?
  let forward: [Instruction]
  let backward: [Instruction]
  let parameters: [CompiledParameter]
}

/// A tensor of a worker's own: memory of its own, or a view on that of another buffer.
struct Buffer: Sendable {
  let layout: Layout
  let viewOf: Int?
}

/// One call in a lane's forward or backward pass.
enum Instruction: Sendable {
  case kernel(Kernel, [(role: exp_role, place: Place)])
  case dropout(DropoutCall)
}

/// Where a kernel's tensor is.
enum Place: Hashable, Sendable {
  /// In the worker's buffer of this number.
  case buffer(Int)
  /// In the parameter of this number, as kept for its kernels in the layout of that number.
  case parameter(Int, copy: Int)
  /// In the lane's gradient of the parameter of this number.
  case gradient(Int)
}

/// A parameter and the orders in memory in which kernels want it.
struct CompiledParameter: Sendable {
  let name: String
  let parameter: Parameter
  /// The order in which it is loaded and saved.
  let canonical: Layout
  /// The orders kernels read it in. The first is the one in which it is learned.
  var copies: [Layout]
  /// The order in which kernels give its gradient; nil if they give none.
  var gradient: Layout?

  /// Whether it is learned in another order than that of its gradient.
  var isConverted: Bool { gradient.map { $0 != copies[0] } ?? false }

  /// Room for it and for its gradient.
  var floatCount: Int { max(copies[0].floatCount, gradient?.floatCount ?? 0) }
}

/// A dropout: `destination = source · mask`, in training with a new mask, going back with the same one.
struct DropoutCall: Sendable {
  let source: Int
  let mask: Int
  let destination: Int
  /// What to draw a new mask for; nil going back.
  let draw: Draw?

  struct Draw: Sendable {
    let mask: DropoutMask
    /// Number of the node, which tells its random stream from others.
    let node: Int
    /// Values per image.
    let count: Int
    /// The buffer in which the mask is drawn in plain order, and the kernel that brings it into the layout
    /// of `mask`; nil if that is plain.
    let reorder: (plain: Int, kernel: Kernel)?
  }
}
