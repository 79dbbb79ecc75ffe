/// A way in which a compiled graph does less, or takes less, than its operations say, and comes to the same.
package enum GraphPass: CaseIterable, Sendable {
  /// Only what is read of each node's result is computed; see `ReadParts`.
  ///
  /// Every value is the same function of the same numbers. Kernels for other sizes may add up in another order, so that the
  /// results differ by rounding.
  case readPartsOnly
  /// The gradient of a ReLU before a pooling by maximum is taken at the pooled size; see `GraphCompiler.takesOverMask`.
  ///
  /// Results are the same to the bit.
  case pooledMasks
  /// Convolutions are computed by Winograd's algorithm where it suits them; see `GraphCompiler.isWinograd`.
  ///
  /// It multiplies 2.25 to 4 times less, with factors that are sums: results are off by some ten times as much rounding.
  case winograd
  /// Convolutions of images with few channels are computed by routines of our own, with an activation that takes the result;
  /// see `GraphCompiler.isNarrow`.
  ///
  /// They may add up in another order than the library, so that the results differ by rounding.
  case narrowConvolutions
  /// Convolutions of either kind compute the pooling that takes their result, or the activation's of their result; see
  /// `GraphCompiler.fusedPooling`.
  ///
  /// Results are the same to the bit, but for the sign of a zero; gradients may add up in another order. A leaky ReLU may
  /// make two values of a window equal by rounding: their gradient goes to the larger.
  case pooledConvolutions
  /// A batch normalization computes the ReLU that takes its result, and its gradient.
  ///
  /// Results are the same to the bit.
  case rectifiedNormalization
  /// A batch normalization before a convolution by Winograd's algorithm is computed as that reads, its gradient as a
  /// convolution behind which it stands, by that or by routines for few channels, reads it; see `FusedNormalization`.
  ///
  /// Results are the same to the bit.
  case normalizedConvolutions
  /// A sum of two images computes the batch normalizations that it takes, and the ReLU that takes it; see
  /// `GraphCompiler.isFusedSum`.
  ///
  /// Results are the same to the bit. Where one of the two has to be reordered, gradients may add up in another order.
  case normalizedSums
  /// A convolution by Winograd's algorithm adds the gradient of its input to what others gave before.
  ///
  /// Gradients may add up in another order.
  case addedGradients
  /// Tensors that are never needed at the same time share memory; see `MemoryPlan`.
  ///
  /// Results are the same to the bit.
  case sharedMemory
}
