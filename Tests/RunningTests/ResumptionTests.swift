import Datasets
import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import Testing

@Suite struct ResumptionTests {
  private let root: String

  init() throws { root = NSTemporaryDirectory() + "exp-resumption-" + UUID().uuidString }

  /// Runs a spec until it is interrupted before step number `step`, from 1.
  private func interrupted(beforeStep step: Int, _ changes: [String: String] = [:]) throws
    -> RunFolder
  {
    let plan = try #require(try Reading(spec(changes)).plan)
    let runner = try runner(plan)
    var steps = 0
    let outcome = runner.execute(
      try runner.begin(seed: 0, .example(root)), observe: { _ in },
      isInterrupted: {
        steps += 1
        return steps == step
      })
    #expect(outcome.status == (step > 0 ? .interrupted : .completed))
    return outcome.folder
  }

  private func resumption(
    _ folder: RunFolder, _ context: RunContext? = nil, warn: (any Error) -> Void = { _ in }
  ) throws -> Resumption {
    let loader = DataLoader()
    return try Resumption(
      of: folder, context: context ?? .example(root), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), loader: loader, warn: warn)
  }

  private func refusal(_ folder: RunFolder, _ context: RunContext? = nil) throws -> String {
    let error = try #require(throws: ResumptionError.self) {
      try resumption(folder, context)
    }
    return error.description
  }

  private func remove() { try? FileManager.default.removeItem(atPath: root) }

  @Test func itEndsInWhatAnUndisturbedRunEndsIn() throws {
    defer { remove() }
    let whole = try interrupted(beforeStep: 0)
    let folder = try interrupted(beforeStep: 3)
    let resumption = try resumption(folder)
    #expect(resumption.run.place == "in epoch 1, after step 2")
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    #expect(outcome.status == .completed)
    for file in [RunFile.weights, .predictions, .report, .trace, .resolved] {
      #expect(try Storage.read(folder.path(of: file)) == Storage.read(whole.path(of: file)))
    }
    let manifest = try folder.manifest()
    #expect(manifest.status == .completed)
    #expect(manifest.resumptions.map(\.step) == [2])
    #expect(!Storage.exists(folder.path + "/state"))
    #expect(try refusal(folder) == "cannot resume \(folder.path): it is complete")
    #expect(!Storage.exists(folder.path + "/state"), "asking left nothing")
  }

  @Test func aRunThatIsGoingOnIsLeftToItsProcess() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    let first = try resumption(folder)
    #expect(try refusal(folder).contains(": it is running, on \(Machine.hostName) as process "))
    withExtendedLifetime(first) {}
  }

  @Test func anotherMachineIsRefused() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    #expect(
      try refusal(folder, .example(root, cpu: "Other")) == """
        cannot resume \(folder.path): the processor was Zen, and is now Other
        hint: 'exp run FILE' with its spec.yaml starts it anew
        """)
    #expect(
      try refusal(folder, .example(root, expVersion: "9")).contains(": exp was 0, and is now 9\n"))
    #expect(try folder.manifest().status == .interrupted, "it stays as it is")
    #expect(!folder.isLocked)
  }

  @Test func anotherSpecIsRefused() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    let text = try Storage.readText(folder.path(of: .resolved))
    try folder.write(text.replacing("batch_size: ", with: "batch_size: 1"), to: .resolved)
    #expect(try refusal(folder).contains(": resolved.yaml is not what the run used: its hash is "))
  }

  @Test func withoutAnySavedStateItBegins() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 1)
    #expect(try resumption(folder).run.place == "from the beginning")
  }
}
