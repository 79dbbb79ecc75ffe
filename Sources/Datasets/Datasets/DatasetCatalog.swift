import Specs

/// All datasets that a spec can name.
package enum DatasetCatalog: Catalog {
  package typealias Member = any DatasetSpec
  package static let noun = "dataset"
  package static let all: [any Spec.Type] = [
    MNIST.self, FashionMNIST.self, KMNIST.self, EMNIST.self, QMNIST.self, CIFAR10.self,
    ImageFolder.self, CSVTable.self, NPZArrays.self, IDXFolder.self, SyntheticDigits.self,
  ]

  /// Those whose files can be downloaded.
  package static var published: [PublishedDataset] {
    all.compactMap { ($0 as? any DatasetSpec.Type)?.published }
  }
}
