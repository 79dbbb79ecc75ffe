public import Specs
public import Tensors

/// Swaps black and white: each number becomes 1 minus itself.
public struct RandomInvert: ImageStep {
  public static let type = "random_invert"
  public static let summary = "Swaps black and white in some images."

  @Field("How likely an image is to be inverted.", .range(0...1))
  public var probability: Double = 0.5

  public init() {}

  public func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    return { image, random in
      guard random.happens(probability) else { return }
      image.edit { pixels in
        for place in pixels.indices { pixels[place] = 1 - pixels[place] }
      }
    }
  }
}
