import Datasets
import Diagnostics
import Files
import Glibc
import OneDNNBackend
import Plans
import Records
import Running
import Synchronization

// The cost of claims when many workers share many runs: `ClaimSpeed WORKERS CELLS` lets so many workers, each with its own
// view of the folder and in turns on the processors there are, make CELLS runs of a tiny network, and checks that no run
// was made twice. It prints for a run the time until a worker has found it and begun it, and that of its training; and for
// a worker the times of its first look, at all runs there are, and of its last one, which finds nothing left. Not all
// workers take a last look: that would take longer than all else, and each is like the others.

/// The seconds that all workers spend, by what they do.
struct Times {
  /// The first search of each worker, which reads what runs there are.
  var starting = 0.0
  /// The searches after that which found a run, and its beginning.
  var finding = 0.0
  /// The runs found by these.
  var foundCount = 0
  /// The training of runs.
  var executing = 0.0
  /// The runs that were trained.
  var executedCount = 0
  /// The last searches, which find nothing.
  var ending = 0.0
  /// The number of these.
  var endingCount = 0
}

/// The last searches that are enough.
let enoughEndings = 20

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

/// Lets `count` workers execute all `requests`; returns where their time went.
func work(_ requests: [RunRequest], workers count: Int, root: String) -> Times {
  let backend = OneDNNBackend(threads: 1)
  let context = RunContext(
    command: ["ClaimSpeed"], started: .now, outputDirectory: root,
    machine: Machine(
      instructionSet: "none", threads: 1, oneDNNVersion: "none"), expVersion: "0", gitCommit: nil)
  let times = Mutex(Times())
  let threads = min(count, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  _ = Array(0..<threads).concurrentMap(portion: 1) { thread in
    let loader = DataLoader()
    var workers = stride(from: thread, to: count, by: threads).map { _ in
      (
        queue: RunQueue(
          requests, .missing(retriesFailed: false), context, backend: backend,
          locations: DataLocations(), loader: loader, warn: { print("warning: \($0)") }),
        hasStarted: false
      )
    }
    let clock = ContinuousClock()
    while !workers.isEmpty {
      for index in workers.indices.reversed() {
        let isOver = times.withLock {
          $0.executedCount == requests.count && $0.endingCount >= enoughEndings
        }
        if isOver { return }
        let start = clock.now
        let item: RunQueue.Item?
        do { item = try workers[index].queue.next() } catch { fatalError("\(error)") }
        let found = clock.now
        if let item {
          let outcome = item.runner.execute(item.run, observe: { _ in }, isInterrupted: { false })
          if let error = outcome.error { fatalError("\(error)") }
        }
        let searching = (found - start) / .seconds(1)
        let executing = (clock.now - found) / .seconds(1)
        let isFirst = !workers[index].hasStarted
        times.withLock {
          $0.executing += executing
          if item == nil {
            $0.ending += searching
            $0.endingCount += 1
            return
          }
          $0.executedCount += 1
          if isFirst {
            $0.starting += searching
          } else {
            $0.finding += searching
            $0.foundCount += 1
          }
        }
        workers[index].hasStarted = true
        if item == nil { workers.remove(at: index) }
      }
    }
  }
  return times.withLock { $0 }
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
  let start = ContinuousClock.now
  let times = work(requests, workers: count, root: root)
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let runs = RunCatalog(paths: [root]).runs
  let completed = runs.filter { $0.status == .completed }.count
  guard runs.count == cells, completed == cells, Set(runs.map(\.seed)).count == cells else {
    fatalError("\(runs.count) runs of \(cells), \(completed) of them completed")
  }
  func milliseconds(_ total: Double, _ count: Int) -> String {
    "\((total / Double(max(1, count)) * 1e6).rounded() / 1000) ms"
  }
  print(
    """
    \(count) workers, \(cells) runs, each once, in \(seconds.rounded()) s
      a run: \(milliseconds(times.finding, times.foundCount)) to find and begin, \
    \(milliseconds(times.executing, cells)) to train
      a worker: \(milliseconds(times.starting, count)) for its first run, \
    \(milliseconds(times.ending, times.endingCount)) to see that nothing is left
    """)
}
