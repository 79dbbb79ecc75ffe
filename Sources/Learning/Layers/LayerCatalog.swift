import Specs

/// Every layer that a spec may name.
public enum LayerCatalog: Catalog {
  public typealias Member = any LayerSpec
  public static let noun = "layer"
  public static let all: [any Spec.Type] =
    [
      Conv2D.self, MaxPooling2D.self, Flatten.self, Dense.self, Dropout.self,
    ] + ActivationCatalog.all
}
