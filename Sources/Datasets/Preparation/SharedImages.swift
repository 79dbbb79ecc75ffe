import Files
import Glibc
import TextLayout

/// The images of one part of the data that are also in another, pixel for pixel. Scores on them say nothing about new
/// images.
struct SharedImages {
  /// The number of images of the part that stand in the other.
  let count: Int
  /// The number of those that have another class there.
  let contradictoryCount: Int
  /// The places of one of them in both parts, the first in the part.
  let example: (here: Int, there: Int)?

  /// The images of `part` that are in `other` as well.
  init(of part: FingerprintedImages, in other: FingerprintedImages) {
    var places: [Int: [Int]] = [:]
    for (here, fingerprint) in part.fingerprints.enumerated() {
      places[fingerprint, default: []].append(here)
    }
    var twins: [Int: Int] = [:]
    for (there, fingerprint) in other.fingerprints.enumerated() {
      guard let unmatched = places[fingerprint] else { continue }
      let bytes = other.samples.bytes(of: there)
      // What has a twin is not compared again, or many equal images would take forever.
      places[fingerprint] = unmatched.filter { here in
        guard part.samples.bytes(of: here).isSame(as: bytes) else { return true }
        twins[here] = there
        return false
      }
    }
    count = twins.count
    contradictoryCount = twins.count {
      part.samples.label(of: $0.key) != other.samples.label(of: $0.value)
    }
    example = twins.min { $0.key < $1.key }.map { (here: $0.key, there: $0.value) }
  }
}

/// Images with a hash of each one's pixels.
struct FingerprintedImages {
  let samples: ImageSamples
  /// Hashes that are comparable within this process.
  let fingerprints: [Int]

  init(_ samples: ImageSamples) {
    self.samples = samples
    fingerprints = Array(0..<samples.count).concurrentMap(portion: 1024) { sample in
      var hasher = Hasher()
      hasher.combine(bytes: samples.bytes(of: sample))
      return hasher.finalize()
    }
  }

  /// The number of images with the same pixels as an earlier one.
  var repeatedCount: Int {
    var places: [Int: [Int]] = [:]
    return fingerprints.enumerated().count { sample, fingerprint in
      let isRepeated = places[fingerprint, default: []].contains {
        samples.bytes(of: $0).isSame(as: samples.bytes(of: sample))
      }
      if !isRepeated { places[fingerprint, default: []].append(sample) }
      return isRepeated
    }
  }
}

extension PreparedData {
  /// Warnings of images that stand in two parts, a sentence for each pair of parts that share some.
  var sharedImageNotes: [String] {
    let parts = parts.map { (name: $0.name, images: FingerprintedImages($0.samples)) }
    return parts.indices.reversed().flatMap { index in
      parts[..<index].reversed().compactMap { other -> String? in
        let part = parts[index]
        let shared = SharedImages(of: part.images, in: other.images)
        guard let example = shared.example else { return nil }
        let contradiction =
          shared.contradictoryCount == 0
          ? "" : ", \(shared.contradictoryCount.grouped) of them with another class"
        return
          "\(shared.count.grouped) of \(part.images.samples.count.grouped) \(part.name) images are also among the "
          + "\(other.name) images, pixel for pixel\(contradiction): such as "
          + "\(part.images.samples.place(of: example.here)) and \(other.images.samples.place(of: example.there))"
      }
    }
  }

  /// Warnings of classes that a part has no images of, a sentence for each part.
  var emptyClassNotes: [String] {
    parts.compactMap { name, samples in
      let empty = zip(samples.classNames, samples.classCounts).filter { $0.1 == 0 }.map(\.0)
      return empty.isEmpty ? nil : "no \(name) image is of \(listed(empty, most: 5))"
    }
  }
}

extension ImageSamples {
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
