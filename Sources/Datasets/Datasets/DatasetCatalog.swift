public import Specs

/// All datasets that a spec can name.
public enum DatasetCatalog: Catalog {
  public typealias Member = any DatasetSpec
  public static let noun = "dataset"
  public static let all: [any Spec.Type] = [MNIST.self, IDXFolder.self, SyntheticDigits.self]

  /// Those whose files can be downloaded.
  public static var published: [PublishedDataset] {
    all.compactMap { ($0 as? any DatasetSpec.Type)?.published }
  }
}
