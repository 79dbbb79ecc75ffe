import Tensors

/// A trained network as it leaves `exp`: all that files for other programs are made from.
package struct ExportedModel: Sendable {
  /// The experiment's name.
  package let name: String
  /// SHA-256 of the properties by which two runs are the same experiment, in hexadecimal.
  package let specHash: String
  /// The network, from the images to the class probabilities.
  package let graph: Graph
  /// The graph's parameters, in its order.
  package let parameters: NamedTensors
  /// The map (byte − shift) / divisor from a pixel's byte to the number that the network reads, channel by channel.
  package let shift: [Double]
  package let divisor: [Double]
  /// The way from a picture to the bytes of an image.
  package let pictures: PicturePreparation
  /// The name of each class, in class order.
  package let classNames: [String]
  /// What the numbers before the last softmax are divided by; 1 leaves the probabilities as they were trained.
  package let temperature: Double
  /// The probability of the second of two classes from which on images are taken for it; nil if the most probable counts.
  package let threshold: Double?

  package init(
    name: String, specHash: String, graph: Graph, parameters: NamedTensors, shift: [Double],
    divisor: [Double], pictures: PicturePreparation = PicturePreparation(), classNames: [String],
    temperature: Double = 1, threshold: Double? = nil
  ) {
    self.name = name
    self.specHash = specHash
    self.graph = graph
    self.parameters = parameters
    self.shift = shift
    self.divisor = divisor
    self.pictures = pictures
    self.classNames = classNames
    self.temperature = temperature
    self.threshold = threshold
  }
}
