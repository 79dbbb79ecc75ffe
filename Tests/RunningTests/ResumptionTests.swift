import Datasets
import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import TemporaryFolders
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
    #expect(try refusal(folder).contains(": it is running, on \(Computer.hostName) as process "))
    withExtendedLifetime(first) {}
  }

  /// Makes the run in `folder` look as if a process on another machine had it, and had renewed its lease `age` seconds ago.
  private func moveElsewhere(_ folder: RunFolder, age: Double) throws {
    var manifest = try folder.manifest()
    manifest.resume(
      Manifest.Resumption(
        command: ["exp"], host: "elsewhere", pid: 7, threads: 1, epoch: 0, step: 0))
    try folder.write(manifest)
    try writeForeignLease(folder.path + "/state/lease.2", age: age)
  }

  private func status(of folder: RunFolder) throws -> RunStatus {
    try RunRecord(folder: folder).status
  }

  @Test func `a run on another machine is not taken for crashed while its lease lasts`() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    try moveElsewhere(folder, age: 200)
    #expect(try status(of: folder) == .running)
    #expect(try refusal(folder).contains(": it is running, on elsewhere as process 7"))
  }

  @Test func `what is taken over from another machine goes on in a copy`() throws {
    defer { remove() }
    let whole = try interrupted(beforeStep: 0)
    let folder = try interrupted(beforeStep: 6)
    try moveElsewhere(folder, age: 300)
    #expect(try status(of: folder) == .crashed)
    let names = try Folder(folder.path).names()
    let texts = try names.filter { $0 != "state" }.map {
      try Storage.read(folder.path + "/" + $0)
    }
    let resumption = try resumption(folder)
    let copy = resumption.run.folder
    #expect(copy.path != folder.path)
    #expect(Storage.parent(of: copy.path) == Storage.parent(of: folder.path))
    #expect(try status(of: folder) == .continued)
    #expect(
      try refusal(folder).contains(": another process went on with it in '\(copy.name)'"))
    #expect(resumption.run.place == "in epoch 2, after step 2")
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    #expect(outcome.status == .completed)
    for file in [RunFile.weights, .predictions, .trace] {
      #expect(try Storage.read(copy.path(of: file)) == Storage.read(whole.path(of: file)))
    }
    #expect(try copy.manifest().resumptions.map(\.continued) == [nil, folder.name])
    // The old process may come back, so its folder is as it was.
    #expect(try Folder(folder.path).names() == names)
    #expect(
      try names.filter { $0 != "state" }.map { try Storage.read(folder.path + "/" + $0) } == texts)
  }

  @Test func `a process whose run was taken over writes no more`() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    let resumption = try resumption(folder)
    var texts: [[UInt8]] = []
    let files: [RunFile] = [.manifest, .history, .log, .spec]
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in },
      isInterrupted: {
        guard texts.isEmpty else { return false }
        do {
          try writeForeignLease(folder.path + "/state/lease.3", age: 0)
          texts = try files.map { try Storage.read(folder.path(of: $0)) }
        } catch {
          Issue.record(error)
        }
        return false
      })
    #expect(outcome.status == .interrupted)
    #expect(outcome.exit == .interrupted)
    #expect(outcome.error?.cause is LeaseLostError)
    #expect(try files.map { try Storage.read(folder.path(of: $0)) } == texts)
    #expect(!folder.contains(.results))
  }

  @Test func `a process whose run was taken over before it began writes nothing`() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    let resumption = try resumption(folder)
    let files: [RunFile] = [.manifest, .log]
    let texts = try files.map { try Storage.read(folder.path(of: $0)) }
    try writeForeignLease(folder.path + "/state/lease.3", age: 0)
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    #expect(outcome.exit == .interrupted)
    #expect(try files.map { try Storage.read(folder.path(of: $0)) } == texts)
  }

  @Test func anotherMachineIsRefused() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    #expect(
      try refusal(folder, .example(root, cpu: "Other")) == """
        cannot resume \(folder.path): the processor was Zen, and is now Other
        hint: '--any-cpu' goes on with it here, in bits that no machine repeats; 'exp run FILE' with its spec.yaml starts it anew
        """)
    #expect(
      try refusal(folder, .example(root, expVersion: "9")).contains(": exp was 0, and is now 9\n"))
    #expect(try folder.manifest().status == .interrupted, "it stays as it is")
    #expect(!folder.isHeld)
  }

  @Test func `with any CPU it goes on elsewhere, which is recorded`() throws {
    defer { remove() }
    let folder = try interrupted(beforeStep: 3)
    let elsewhere = RunContext.example(root, cpu: "Other", takesAnyProcessor: true)
    func goOn(_ context: RunContext, steps: Int = .max) throws -> RunStatus {
      let resumption = try resumption(folder, context)
      var count = 0
      return resumption.runner.execute(
        resumption.run, observe: { _ in },
        isInterrupted: {
          count += 1
          return count > steps
        }
      ).status
    }
    let newer = RunContext.example(root, cpu: "Other", takesAnyProcessor: true, expVersion: "9")
    #expect(try refusal(folder, newer).contains(": exp was 0, and is now 9\n"))
    #expect(try goOn(elsewhere, steps: 1) == .interrupted)
    // It is a run of the other one now.
    #expect(try refusal(folder).contains(": the processor was Other, and is now Zen\n"))
    #expect(try goOn(.example(root, cpu: "Other")) == .completed)
    let manifest = try folder.manifest()
    #expect(manifest.machine.cpu == "Zen")
    #expect(manifest.resumptions.map { $0.processor?.cpu } == ["Other", nil])
    #expect(manifest.processors.map(\.cpu) == ["Zen", "Other"])

    let error = try #require(throws: VerificationError.self) {
      try Verification(
        of: folder, context: .example(root), backend: ReferenceBackend(),
        locations: DataLocations(), loader: DataLoader())
    }
    #expect(
      error.reason
        == "it took place on 'Zen, none', then 'Other, none', so that its bits are of no processor alone"
    )
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
