import Files
import Metrics
import Records
import TextLayout

extension RunCatalog {
  /// The text of `exp list`: one line for each run, oldest first, then the folders that cannot be read.
  ///
  /// - Parameter processor: that of this machine. Runs that stopped on others wait for those.
  package func list(
    width: Int? = nil, processor: @autoclosure () -> Processor? = nil
  ) -> String {
    let unreadable = (problems.map { "unreadable: \($0)" } + strays.map { "no run: \($0)" })
      .map { $0.singleLine.wrapped(to: width) + "\n" }
    guard !runs.isEmpty else { return "no runs\n" + unreadable.joined() }
    return table(processor()).text(width: width)
      + (unreadable.isEmpty ? "" : "\n" + unreadable.joined())
  }

  /// A row for each run.
  func table(_ processor: @autoclosure () -> Processor?) -> TextTable {
    let hasTest = runs.contains { $0.data.finalPart == .test }
    let accuracy = ScoreName(.validation, .accuracy)
    let f1 = ScoreName(hasTest ? .test : .validation, .f1Macro)
    let awaited = awaitedProcessors(on: processor())
    var columns: [(header: TextTable.Column, cell: (RunRecord) -> String)] = []
    func add(_ header: TextTable.Column, _ cell: @escaping (RunRecord) -> String) {
      columns.append((header, cell))
    }
    add(.init("experiment")) { $0.name }
    if runs.contains(where: { $0.variant != nil }) {
      add(.init("variant", rank: 1)) { $0.variant ?? "–" }
    }
    if runs.contains(where: { $0.tag != nil }) { add(.init("tag", rank: 1)) { $0.tag ?? "–" } }
    add(.init("seed", .right)) { "\($0.seed)" }
    if runs.contains(where: { $0.fold != nil }) { add(.init("fold", .right)) { $0.foldText } }
    add(.init("status")) { $0.status.rawValue }
    let places = places
    if !places.isEmpty { add(.init("runs on", rank: 1)) { places[$0.folder] ?? "–" } }
    if !awaited.isEmpty { add(.init("waits for", rank: 1)) { awaited[$0.folder] ?? "–" } }
    add(.init("started", rank: 4)) { $0.started.localText }
    add(.init("epochs", .right, rank: 5)) {
      "\($0.epochs.map(String.init) ?? "–")/\($0.epochsPlanned)"
    }
    add(.init(accuracy.rawValue, .right, rank: 2)) {
      $0.results?.value(of: accuracy)?.fixed(4) ?? "–"
    }
    add(.init(f1.rawValue, .right)) { $0.results?.value(of: f1)?.fixed(4) ?? "–" }
    // By which other commands know it; it tells the start, too.
    add(.init("path", rank: 3)) { $0.folder.path }
    return TextTable(
      columns.map(\.header), rows: runs.map { run in columns.map { $0.cell(run) } })
  }

  /// The hosts and jobs of runs that are running; none if all of them are here, and in no job.
  private var places: [RunFolder: String] {
    let here = Computer.hostName
    let places = runs.filter { $0.status == .running }.concurrentMap { run in
      // Its folder may have gone just now.
      (try? run.folder.manifest()).map { manifest in
        let place = [manifest.lastHost, manifest.lastJob.map { "job \($0)" }]
        return (
          folder: run.folder, text: place.compactMap(\.self).joined(separator: ", ").singleLine,
          isHere: manifest.lastHost == here && manifest.lastJob == nil
        )
      }
    }.compactMap(\.self)
    guard !places.allSatisfy(\.isHere) else { return [:] }
    return Dictionary(places.map { ($0.folder, $0.text) }) { $1 }
  }

  /// The processors on which runs stopped, where these are of another kind than `processor`.
  private func awaitedProcessors(on processor: @autoclosure () -> Processor?) -> [RunFolder: String]
  {
    let stopped = runs.filter(\.status.isResumable)
    guard !stopped.isEmpty, let processor = processor() else { return [:] }
    let last = stopped.concurrentMap { run in
      // What cannot be read is told by who tries to resume it.
      (run.folder, (try? run.folder.manifest())?.lastProcessor)
    }
    return Dictionary(last) { $1 }.compactMapValues { last in
      last.flatMap { $0 == processor ? nil : $0.description.singleLine }
    }
  }
}

extension RunRecord {
  /// The number of the fold, as a table shows it.
  var foldText: String { self.fold.map { "\($0.index)" } ?? "–" }

  /// The number of epochs done; nil if none is recorded. The history is read only for runs that did not record their
  /// end.
  var epochs: Int? {
    self.results?.epochs ?? self.failure?.epoch
      ?? (try? self.folder.history(epochs: self.epochsPlanned))?.records.count
  }
}
