import Datasets
import Diagnostics
import OneDNNBackend
import Plans
import Tensors

// The time of a training step, beside the time that its products of matrices would take at the speed of large ones,
// and what the library's kernels in it take when each runs alone: how much of the time is anything else, such as
// transforms, numbers that are not in the nearest cache any more, and waiting. Usage: StepBound THREADS FILE…
// Prints a line of JSON for each file, times in milliseconds.

/// Images that cost next to nothing to make.
struct BlankImages: SampleSource {
  let count: Int
  let imageShape: ImageShape
  let classCount = 10
  func label(of sample: Int) -> Int { sample % classCount }
  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    destination.update(repeating: 0.5, count: imageShape.elementCount)
  }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Milliseconds, and floating-point operations a second; medians of rounds in which all are measured by turns.
struct Bound {
  let step: Double
  let products: Double
  let kernels: Double
  let limit: Double

  var line: String {
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    return "{\"step\": \(rounded(step)), \"products\": \(rounded(products)), "
      + "\"library_kernels_alone\": \(rounded(kernels)), \"gigaflops\": \(Int(limit / 1e9))}"
  }
}

func measure(_ plan: ExperimentPlan, threads: Int) throws -> Bound {
  let training = plan.spec.training
  let profile = Profile()
  let backend = OneDNNBackend(threads: threads, profile: profile)
  let program = try backend.compile(
    plan.graph, laneSize: training.laneSizeInForce,
    mode: .training(plan.spec.optimizer.value.updateRule))
  try program.load(plan.graph.initialParameters(seed: 1))
  let source = BlankImages(count: training.batchSize, imageShape: plan.graph.inputShape)
  let batch = Batch(source: source, samples: Array(0..<source.count)[...])
  let rates = StepRates(learningRate: 0)
  for _ in 0..<10 { _ = try program.train(batch, rates) }
  let operations = Products(of: plan.graph).operations(
    of: profile.take(), imageCount: source.count)
  let clock = ContinuousClock()
  let rounds = try (0..<9).map { _ in
    let limit = try OneDNNLibrary.measureLimit(threads: threads)
    let step = try median(
      (0..<15).map { _ in
        try clock.measure { _ = try program.train(batch, rates) } / .milliseconds(1)
      })
    let kernels = try backend.timeOfKernelsAlone(in: program, for: batch, rounds: 9)
    return (limit: limit, step: step, kernels: kernels / .milliseconds(1))
  }
  let limit = median(rounds.map(\.limit))
  return Bound(
    step: median(rounds.map(\.step)), products: operations / limit * 1000,
    kernels: median(rounds.map(\.kernels)), limit: limit)
}

let arguments = CommandLine.arguments.dropFirst()
guard let threads = arguments.first.flatMap({ Int($0) }), arguments.count > 1 else {
  fatalError("usage: StepBound THREADS FILE…")
}
let reader = PlanReader(DataLocations(), readsWeights: false) {
  try $0.summarize(in: DataLocations())
}
for file in arguments.dropFirst() {
  var diagnostics = Diagnostics()
  guard let plan = try reader.read(file, &diagnostics).first else {
    fatalError(diagnostics.rendered())
  }
  print(try measure(plan, threads: threads).line)
}
