import Datasets
import Diagnostics
import Files
import OneDNNBackend
import Plans
import Records
import Running
import Synchronization

// The cost of claims when many workers share many runs: `ClaimSpeed WORKERS CELLS` lets so many workers, each with its own
// view of the folder and in turns on a few threads, make CELLS runs of a tiny network, and checks that no run was made
// twice. It prints the time for which a worker looks for its next run and begins it, beside that of one worker alone,
// and the rest of the time, which is training.

/// The runs of a network that trains for an instant.
func requests(count: Int, in folder: String) throws -> [RunRequest] {
  let file = "\(folder)/instant.yaml"
  let spec = """
    data: {dataset: {type: synthetic_digits, training: 20, test: 10, size: 16}}
    model: {layers: [flatten, {type: dense, units: 10, activation: softmax}]}
    optimizer: {type: sgd, learning_rate: 0.1}
    training: {epochs: 1, batch_size: 10}
    """
  try Storage.write(spec, to: file)
  var diagnostics = Diagnostics()
  guard let plan = try PlanReader(DataLocations()).read(file, &diagnostics).first else {
    fatalError(diagnostics.rendered())
  }
  return (0..<count).map { RunRequest(plan, seed: $0) }
}

/// Lets `count` workers execute all `requests`; returns the seconds that they spent on finding and beginning runs, and on
/// executing them.
func work(_ requests: [RunRequest], workers count: Int, root: String) -> (Double, Double) {
  let backend = OneDNNBackend(threads: 1)
  let context = RunContext(
    command: ["ClaimSpeed"], started: .now, outputDirectory: root,
    machine: Machine(
      instructionSet: "none", threads: 1, oneDNNVersion: "none"), expVersion: "0", gitCommit: nil)
  let times = Mutex((finding: Duration.zero, executing: Duration.zero))
  let threads = min(count, 8)
  _ = Array(0..<threads).concurrentMap(portion: 1) { thread in
    let loader = DataLoader()
    var queues = stride(from: thread, to: count, by: threads).map { _ in
      RunQueue(
        requests, .missing(retriesFailed: false), context, backend: backend,
        locations: DataLocations(), loader: loader, warn: { print("warning: \($0)") })
    }
    let clock = ContinuousClock()
    while !queues.isEmpty {
      queues = queues.filter { queue in
        let start = clock.now
        let item: RunQueue.Item?
        do { item = try queue.next() } catch { fatalError("\(error)") }
        let found = clock.now
        if let item {
          let outcome = item.runner.execute(item.run, observe: { _ in }, isInterrupted: { false })
          if let error = outcome.error { fatalError("\(error)") }
        }
        let end = clock.now
        times.withLock {
          $0.finding += found - start
          $0.executing += end - found
        }
        return item != nil
      }
    }
  }
  return times.withLock { ($0.finding / .seconds(1), $0.executing / .seconds(1)) }
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
  fatalError("usage: ClaimSpeed WORKERS CELLS")
}
let (workers, cells) = (numbers[0], numbers[1])
let folder = try Storage.createTemporaryFolder()
defer { try? Storage.removeTree(folder) }
for count in [1, workers] {
  let root = "\(folder)/\(count)"
  let requests = try requests(count: cells, in: folder)
  let (finding, executing) = work(requests, workers: count, root: root)
  let runs = RunCatalog(paths: [root]).runs
  let completed = runs.filter { $0.status == .completed }.count
  guard runs.count == cells, completed == cells, Set(runs.map(\.seed)).count == cells else {
    fatalError("\(runs.count) runs of \(cells), \(completed) of them completed")
  }
  print(
    "\(count) workers, \(cells) runs, each once: \(finding / Double(cells) * 1000) ms to find and begin one, "
      + "\(executing / Double(cells) * 1000) ms to train it (waiting for processors included)")
}
