import Records
import TextLayout

extension ReportedSpec {
  /// The layers of the network.
  var layers: HTML? {
    guard let layers = manifest?.layers, !layers.isEmpty else { return nil }
    let table = PageTable(
      caption: "Layers of \(row.label)",
      columns: [
        .text("layer"), .text("type"), .number("output shape"), .number("parameters"),
        .number("FLOPs"),
      ],
      rows: layers.map { layer in
        [
          .init(text: layer.name), .init(text: layer.type),
          .init(text: layer.outputShape.map(String.init).joined(separator: "×")),
          .init(layer.parameters), .init(layer.flops),
        ]
      })
    let flops = layers.reduce(0) { $0 &+ $1.flops }
    return """
      <h4>Layers</h4>
      <p class="note">\(row.latest.parameterCount.grouped) parameters; \(flops.grouped) multiplications and additions \
      for one image, forward.</p>
      \(table.html)
      """
  }

  /// The rest of the record: the runs with their folders, the environment and the whole spec.
  var record: HTML {
    """
    <h4>Runs</h4>
    \(runs)\(otherData)<h4>Environment</h4>
    \(environment)\(specification)
    """
  }

  private var runs: HTML {
    let all = (row.counted + row.unfinished).sorted { $0.repetition < $1.repetition }
    let hasTags = all.contains { $0.tag != nil }
    let hasFolds = all.contains { $0.fold != nil }
    let table = PageTable(
      caption: "Runs of \(row.label)",
      columns: [.number("seed")] + (hasFolds ? [.number("fold")] : [])
        + (hasTags ? [.text("tag")] : []) + [
          .text("status"), .text("started"), .number("val_f1_macro"),
          .number("test_f1_macro"), .number("epochs"), .number("best"), .text("folder"),
        ],
      rows: all.map { run in
        [.init(run.seed)] + (hasFolds ? [.init(text: run.foldText)] : [])
          + (hasTags ? [.init(text: run.tag ?? "–")] : []) + [
            .init(text: run.status.rawValue), .init(text: run.started.localText),
            .init(run.results?.validation?.f1Macro, 4), .init(run.results?.test?.f1Macro, 4),
            .init(text: run.results.map { "\($0.epochs)" } ?? "–"),
            .init(text: run.results.map { "\($0.weightsEpoch)" } ?? "–"),
            .init("<code>\(run.folder.path)</code>"),
          ]
      }, isWide: true)
    let others = row.otherNames.map { "'\($0)'" }.joined(separator: ", ")
    let note = ReportPage.note([
      others.isEmpty ? nil : "Among them are runs of the same spec named \(others)."
    ])
    return "\(note)\(table.html)"
  }

  /// The scores on other data; nil if there are none.
  private var otherData: HTML? {
    let rows = evaluations.sorted { $0.name < $1.name }.compactMap { run, name, state in
      state.evaluation.map { record -> [PageTable.Cell] in
        [
          .init(text: name), .init(run.seed), .init(record.images.count),
          record.sharedCount.map { PageTable.Cell($0) } ?? .init(text: "unknown"),
          .init(record.scores.accuracy, 4), .init(record.scores.f1Macro, 4),
          .init(text: state.isOutdated ? "others than it has now" : record.weights.file.rawValue),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    let table = PageTable(
      caption: "Runs of \(row.label) on other data",
      columns: [
        .text("evaluation"), .number("seed"), .number("images"),
        .number("trained on"), .number("accuracy"), .number("f1_macro"), .text("weights"),
      ],
      rows: rows, isWide: true)
    return "<h4>Other data</h4>\n\(table.html)"
  }

  private var environment: HTML? {
    guard let manifest else { return nil }
    let machine = manifest.machine
    var facts = manifest.labels(of: shown)
    facts += [
      ("command", manifest.command.joined(separator: " ")), ("spec hash", manifest.specHash),
      ("started", manifest.started.localText),
      (
        "machine",
        "\(machine.host), \(machine.cpu), \(machine.threads) threads, \(machine.instructionSet)"
      ),
    ]
    facts += manifest.otherProcessors
    facts += [
      ("versions", "exp \(manifest.expVersion), oneDNN \(machine.oneDNNVersion)"),
      ("toolchain", manifest.toolchain ?? "unknown"), ("git commit", manifest.commitInWords),
      ("data", manifest.data.inWords),
    ]
    facts += manifest.data.contents.flatMap(\.checksums).map {
      ("SHA-256 of \($0.name)", $0.sha256)
    }
    if let reason = shown.results?.stopReason { facts.append(("stopped", reason)) }
    let items = facts.map { name, value -> HTML in
      "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }
    let note =
      row.counted.count > 1
      ? "<p class=\"note\">Of \(shown.repetition.description).</p>\n" as HTML : nil
    return "\(note)<dl class=\"environment\">\n\(items)</dl>\n"
  }

  private var specification: HTML? {
    resolved.map { text in
      """
      <details class="spec"><summary><h4>Full spec</h4></summary>
      <div class="scroll" role="group" tabindex="0" aria-label="Full spec of \(row.label)">\
      <pre>\(text)</pre></div></details>

      """
    }
  }
}

extension Manifest {
  /// The commit, with a note on uncommitted changes.
  fileprivate var commitInWords: String {
    guard let gitCommit else { return "none" }
    return switch gitDirty {
    case true?: "\(gitCommit), with the changes in \(RunFile.gitDiff.rawValue)"
    case false?: "\(gitCommit), without changes"
    case nil: gitCommit
    }
  }
}
