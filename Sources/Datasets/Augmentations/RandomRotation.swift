public import Specs
public import Tensors

/// Turns images by an angle uniform between −`degrees` and `degrees`, around their centre.
public struct RandomRotation: ImageStep {
  public static let type = "random_rotation"
  public static let summary = "Turns images by a random angle to either side."

  @Field("The largest angle, in degrees.", .range(0...180))
  public var degrees: Double

  @Field("What is seen beyond the edges.")
  public var fillMode: FillMode = .constant

  @Field("What is seen between pixels.")
  public var interpolation: Interpolation = .bilinear

  public init() {}

  public func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(degrees)
    let sampling = Sampling(fillMode, interpolation)
    return { image, random in
      image.move(by: .rotation(degrees: Double(random.uniform(-limit...limit))), sampling)
    }
  }
}
