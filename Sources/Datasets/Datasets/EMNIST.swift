import Specs
import Tensors

/// EMNIST: handwritten digits and letters from the source of MNIST, in six selections.
///
/// The published images are mirrored at their diagonal, as torchvision and TensorFlow Datasets leave them; here they are
/// upright.
package struct EMNIST: IDXCatalogueDataset {
  package static let type = "emnist"
  package static let summary =
    "Handwritten digits and letters, 28×28 grey pixels, turned upright, downloaded if missing (562 MB)."
  package static let source: String? =
    "Cohen, Afshar, Tapson and van Schaik 2017, 'EMNIST: an extension of MNIST to handwritten letters', arXiv:1702.05373"

  package static var showsDigits: Bool { true }

  /// The selections of characters, by the names of their files.
  package enum Split: String, CaseIterable, SpecValue {
    case balanced, byclass, bymerge, digits, letters, mnist
  }

  @Field(
    "The selection: 'byclass' has 62 classes, 'bymerge' and 'balanced' 47 without small letters that look like capitals, 'letters' 26 whatever the case, 'digits' and 'mnist' 10. 'balanced' has as many images of each class."
  )
  package var split: Split = .balanced

  package init() {}

  package var facts: DatasetSummary {
    let digits = "0123456789"
    let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let (classes, training, test): (String, Int, Int) =
      switch split {
      case .balanced: (digits + capitals + "abdefghnqrt", 112_800, 18_800)
      case .byclass: (digits + capitals + capitals.lowercased(), 697_932, 116_323)
      case .bymerge: (digits + capitals + "abdefghnqrt", 697_932, 116_323)
      case .digits: (digits, 240_000, 40_000)
      case .letters: (capitals, 124_800, 20_800)
      case .mnist: (digits, 60_000, 10_000)
      }
    return DatasetSummary(
      imageShape: ImageShape(height: 28, width: 28, channels: 1),
      classNames: classes.map { "\($0)" },
      trainingCount: training, testCount: test)
  }

  package static var isTransposed: Bool { true }

  package var firstLabel: UInt8 { split == .letters ? 1 : 0 }

  package var fileNames: [String] { Self.fileNames(of: split) }

  private static func fileNames(of split: Split) -> [String] {
    ["train-images-idx3", "train-labels-idx1", "test-images-idx3", "test-labels-idx1"].map {
      "emnist-\(split.rawValue)-\($0)-ubyte"
    }
  }

  // Size and checksum: tensorflow_datasets/url_checksums/emnist.txt. The file is where torchvision looks for it now.
  package static let files = PublishedDataset(
    type: type, licence: "none stated",
    files: [
      .init(
        "gzip.zip", byteCount: 561_753_746,
        .sha256("fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e"),
        members: Split.allCases.flatMap(fileNames))
    ],
    mirrors: [
      "https://biometrics.nist.gov/cs_links/EMNIST/",
      "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/",
    ],
    otherFolders: ["EMNIST/raw", "emnist/gzip"])
}
