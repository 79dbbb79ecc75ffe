import Datasets
import Files
import OneDNNBackend
import Records
import Running
import Tensors

// Times prediction for measures/inference.py: `InferenceSpeed RUN IMAGES BATCH THREADS PASSES` predicts so many images
// of noise with the network of the run folder RUN, BATCH at a time, and prints the seconds of each pass in the words of
// the scripts in peers/. The images' bytes are made the numbers that the network reads on the way.

/// Images of noise that fit `model`.
func noise(for model: SavedModel, count: Int) -> ImageSamples {
  let part = LabelledImages(
    images: (0..<count * model.imageShape.elementCount).map {
      UInt8(truncatingIfNeeded: $0 &* 193 >> 3)
    },
    labels: [UInt8](repeating: 0, count: count))
  return ImageSamples(
    part, at: Array(0..<count), imageShape: model.imageShape, classNames: model.classNames,
    scaling: model.scaling)
}

let arguments = CommandLine.arguments
let numbers = arguments.dropFirst(2).compactMap { Int($0) }
guard numbers.count == 4, numbers.allSatisfy({ $0 > 0 }) else {
  fatalError("usage: InferenceSpeed RUN IMAGES BATCH THREADS PASSES")
}
let (count, size, threads, passes) = (numbers[0], numbers[1], numbers[2], numbers[3])
let model = try SavedModel(RunFolder(path: arguments[1]))
let source = noise(for: model, count: count)
let program = try model.program(OneDNNBackend(threads: threads), for: size)
print("{\"parameters\": \(model.plan.layers.parameterCount)}")
for pass in 1...passes {
  let duration = try ContinuousClock().measure {
    for start in stride(from: 0, to: count, by: size) {
      let samples = Array(start..<min(start + size, count))
      _ = try program.predict(Batch(source: source, samples: samples[...]))
    }
  }
  print("{\"epoch\": \(pass), \"seconds\": \(duration / .seconds(1))}")
}
