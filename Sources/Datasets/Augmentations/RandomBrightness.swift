public import Specs
public import Tensors

/// Adds one number, uniform between −`fraction` and `fraction`, to all of the image, and keeps the result between
/// 0 and 1.
public struct RandomBrightness: ImageStep {
  public static let type = "random_brightness"
  public static let summary = "Makes images brighter or darker."
  public static let source: String? = "Keras's RandomBrightness"

  @Field(
    "The largest change, as a fraction of the way from black to white.", example: "0.2",
    .range(0...1))
  public var fraction: Double

  public init() {}

  public func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(fraction)
    return { image, random in
      let change = random.uniform(-limit...limit)
      image.edit { pixels in
        for place in pixels.indices { pixels[place] = min(max(pixels[place] + change, 0), 1) }
      }
    }
  }
}
