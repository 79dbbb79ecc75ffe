import Glibc
import TextLayout

/// The images of one part of the data that are also in another, pixel for pixel. Scores on them say nothing about new
/// images.
package struct SharedImages: Equatable, Sendable {
  /// The number of images of the part that stand in the other.
  package let count: Int
  /// The number of those that have another class there.
  package let contradictoryCount: Int
  /// The places of one of them in both parts, the first in the part.
  package let example: (here: Int, there: Int)?

  package static func == (first: SharedImages, second: SharedImages) -> Bool {
    (first.count, first.contradictoryCount) == (second.count, second.contradictoryCount)
      && first.example?.here == second.example?.here
      && first.example?.there == second.example?.there
  }

  /// The images of `part` that are in `other` as well.
  package init(of part: ImageSamples, in other: ImageSamples) {
    var places: [Int: [Int]] = [:]
    for sample in 0..<part.count {
      places[part.fingerprint(of: sample), default: []].append(sample)
    }
    var twins: [Int: Int] = [:]
    for there in 0..<other.count {
      for here in places[other.fingerprint(of: there)] ?? []
      where twins[here] == nil && part.bytes(of: here).isSame(as: other.bytes(of: there)) {
        twins[here] = there
      }
    }
    count = twins.count
    contradictoryCount = twins.count { part.label(of: $0.key) != other.label(of: $0.value) }
    example = twins.min { $0.key < $1.key }.map { (here: $0.key, there: $0.value) }
  }
}

extension PreparedData {
  /// Warnings of images that stand in two parts, a sentence for each pair of parts that share some.
  var sharedImageNotes: [String] {
    let parts = [("test", test), ("validation", validation), ("training", training)]
      .compactMap { name, samples in samples.map { (name: name, samples: $0) } }
    return parts.indices.flatMap { index in
      parts[(index + 1)...].compactMap { other -> String? in
        let part = parts[index]
        let shared = SharedImages(of: part.samples, in: other.samples)
        guard let example = shared.example else { return nil }
        let contradiction =
          shared.contradictoryCount == 0
          ? "" : ", \(shared.contradictoryCount.grouped) of them with another class"
        return
          "\(shared.count.grouped) of \(part.samples.count.grouped) \(part.name) images are also among the "
          + "\(other.name) images, pixel for pixel\(contradiction): such as "
          + "\(part.samples.place(of: example.here)) and \(other.samples.place(of: example.there))"
      }
    }
  }
}

extension ImageSamples {
  /// The hash of the pixels of `sample` in this process.
  fileprivate func fingerprint(of sample: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: bytes(of: sample))
    return hasher.finalize()
  }

  /// The number of samples with the same pixels as an earlier one.
  var repeatedCount: Int {
    var places: [Int: [Int]] = [:]
    return (0..<count).count { sample in
      let fingerprint = fingerprint(of: sample)
      let isRepeated = places[fingerprint, default: []].contains {
        bytes(of: $0).isSame(as: bytes(of: sample))
      }
      if !isRepeated { places[fingerprint, default: []].append(sample) }
      return isRepeated
    }
  }

  /// The file of `sample`, or the number of its image.
  fileprivate func place(of sample: Int) -> String {
    name(of: sample).map { "'\($0.singleLine)'" } ?? "image \(indices[sample])"
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard let mine = baseAddress, let its = other.baseAddress else { return count == other.count }
    return count == other.count && memcmp(mine, its, count) == 0
  }
}
