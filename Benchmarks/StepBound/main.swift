import Datasets
import Diagnostics
import OneDNNBackend
import Plans
import Tensors

// What a training step takes against what the library's kernels in it take when each runs alone, for the networks of
// Benchmarks/networks: how much of the time is anything else, such as code of our own, numbers that are not in the
// nearest cache any more, and waiting. Usage: StepBound THREADS FILE…

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

/// Milliseconds of a step and of its kernels alone; medians of rounds in which both are measured by turns.
func measure(_ plan: ExperimentPlan, threads: Int) throws -> (
  step: Double, kernels: Double, ratio: Double
) {
  let training = plan.spec.training
  let backend = OneDNNBackend(threads: threads)
  let program = try backend.compile(
    plan.graph, laneSize: training.laneSizeInForce,
    mode: .training(plan.spec.optimizer.value.updateRule))
  try program.load(plan.graph.initialParameters(seed: 1))
  let source = BlankImages(count: training.batchSize, imageShape: plan.graph.inputShape)
  let batch = Batch(source: source, samples: Array(0..<source.count)[...])
  let rates = StepRates(learningRate: 0)
  for _ in 0..<10 { _ = try program.train(batch, rates) }
  let rounds = try (0..<9).map { _ in
    let clock = ContinuousClock()
    let step = try median(
      (0..<15).map { _ in
        try clock.measure { _ = try program.train(batch, rates) } / .milliseconds(1)
      })
    let kernels = try backend.timeOfKernelsAlone(in: program, for: batch, rounds: 9)
    return (step, kernels / .milliseconds(1))
  }
  return (
    median(rounds.map(\.0)), median(rounds.map(\.1)), median(rounds.map { $0.0 / $0.1 })
  )
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
  let (step, kernels, ratio) = try measure(plan, threads: threads)
  func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
  print(
    "\(plan.name): step \(rounded(step)) ms, kernels alone \(rounded(kernels)) ms, ratio \(rounded(ratio))"
  )
}
