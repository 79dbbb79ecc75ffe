import Files

/// Images with a fingerprint of each one's pixels: the first eight bytes of their SHA-256, before normalization.
///
/// Among a million images, two different ones have the same fingerprint with a probability of 3 × 10⁻⁸.
package struct FingerprintedImages: Sendable {
  let samples: ImageSamples
  /// The fingerprint of each sample.
  let fingerprints: [UInt64]

  package init(_ samples: ImageSamples) {
    self.samples = samples
    fingerprints = Array(0..<samples.count).concurrentMap(portion: 1024) { sample in
      let checksum = SHA256()
      checksum.update(samples.bytes(of: sample))
      return UInt64(checksum.finalizeBytes().prefix(8))
    }
  }

  /// The number of images.
  package var count: Int { fingerprints.count }

  /// The number of images with the same pixels as an earlier one.
  var repeatedCount: Int { count - Set(fingerprints).count }
}

/// The fingerprints of a set of images. A run keeps those of its training images, so that whoever scores its network on
/// others learns which of them it has seen, wherever the data is by then.
package struct FingerprintSet: Equatable, Sendable {
  private let fingerprints: Set<UInt64>

  /// The fingerprints of `images`.
  package init(_ images: FingerprintedImages) { fingerprints = Set(images.fingerprints) }

  /// The set that `bytes` are of; nil if they are of none.
  package init?(bytes: [UInt8]) {
    guard bytes.count % 8 == 0 else { return nil }
    fingerprints = Set(
      stride(from: 0, to: bytes.count, by: 8).map { UInt64(bytes[$0..<$0 + 8]) })
  }

  /// The number of fingerprints.
  package var count: Int { fingerprints.count }

  /// Eight bytes for each fingerprint, in rising order: the first of a checksum's first.
  package var bytes: [UInt8] {
    fingerprints.sorted().flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
  }

  /// The number of `images` that are in the set, each as often as it occurs.
  package func count(of images: FingerprintedImages) -> Int {
    images.fingerprints.count(where: fingerprints.contains)
  }
}

extension UInt64 {
  /// The number that `bytes` make, the highest first.
  fileprivate init(_ bytes: ArraySlice<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
