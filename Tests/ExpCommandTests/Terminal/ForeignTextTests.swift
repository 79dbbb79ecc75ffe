import Foundation
import Testing

/// Runs of a stranger, all of whose texts try to steer the terminal of whoever looks at them.
@Suite struct ForeignTextTests {
  private let place: Workplace
  private let runs: [String]

  /// Sets a title, clears the screen (in 7 and 8 bits), writes backwards and over the line, and is a formula.
  private static let hostile = "=\u{1B}]0;x\u{07}\u{1B}[2J\u{9B}2J\u{202E}\r\u{7F}x"

  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try #require(
      place.exp("run stripes.yaml --seeds 0,1 --tag mine --note yours --quiet").code == 0)
    runs = place.runs(of: "stripes")
  }

  /// The runs, after the names of their folders have been changed, too.
  private func renamed() throws -> [String] {
    let folder = "runs/stripes\(Self.hostile)"
    let new = runs.map { $0.replacing("runs/stripes", with: folder) + Self.hostile }
    try FileManager.default.moveItem(
      atPath: "\(place.path)/runs/stripes", toPath: "\(place.path)/\(folder)")
    for (old, new) in zip(runs, new) {
      try FileManager.default.moveItem(
        atPath: "\(place.path)/" + old.replacing("runs/stripes", with: folder),
        toPath: "\(place.path)/\(new)")
    }
    return new
  }

  /// The texts that are changed.
  enum Extent: CaseIterable {
    /// Those that leave a run readable.
    case free
    /// All, so that errors are about them.
    case all

    func includes(_ key: String) -> Bool {
      let meaningful = [
        "status", "started", "ended", "spec_hash", "part", "pixels", "labels", "dataset",
        "default_name", "type", "address", "error", "tag",
      ]
      return self == .all || !meaningful.contains(key)
    }
  }

  @Test(arguments: Extent.allCases, [true, false])
  func noCommandPassesOnWhatCouldSteerATerminal(extent: Extent, isComplete: Bool) throws {
    let runs = extent == .all ? try renamed() : runs
    for run in runs { try deface(run, extent, isComplete: isComplete) }
    let (one, other) = (runs[0], runs[1])
    var (texts, shown) = ([String](), "")
    for arguments in [
      ["list"], ["show", one], ["show", one, "manifest.note"], ["show", one, "description"],
      ["show", one, "manifest.\(Self.hostile)"], ["diff", one, other],
      ["diff", one, other, "--format", "json"], ["compare"], ["compare", "--format", "markdown"],
      ["compare", "--format", "csv"], ["compare", "--format", "json"],
      ["compare", "--group-by", "run"], ["compare", "--where", "tag == '\(Self.hostile)'"],
      ["report", "--output", "-"], ["verify", "--quick", one], ["evaluate", one], ["resume", one],
      ["resume", "--all"], ["run", "stripes.yaml", "--missing", "--seeds", "0,1", "--dry-run"],
      ["compare", "--\(Self.hostile)"], [Self.hostile],
    ] {
      let ending = try Command(arguments, in: place.path).ending()
      for text in [ending.output, ending.error] {
        let controls = text.unicodeScalars.filter {
          $0 != "\n" && $0 != "\t"
            && ($0.properties.generalCategory == .control || $0.value == 0x202E)
        }
        #expect(controls.isEmpty, "\(arguments): \(text.debugDescription)")
        shown += text
      }
      texts.append(ending.output)
    }
    #expect(shown.contains("\u{FFFD}]0;x"))
    if extent == .free, isComplete { #expect(texts[2].hasPrefix("yours=\u{FFFD}]0;x")) }
  }

  /// Puts the hostile text behind the texts of the run in `folder`.
  private func deface(_ folder: String, _ extent: Extent, isComplete: Bool) throws {
    func defaced(_ value: Any, key: String = "") -> Any {
      switch value {
      case let text as String: extent.includes(key) ? text + Self.hostile : text
      case let list as [Any]: list.map { defaced($0, key: key) }
      case let map as [String: Any]:
        Dictionary(
          uniqueKeysWithValues: map.map { key, value in (key, defaced(value, key: key)) })
      default: value
      }
    }
    for name in ["run.json", "results.json", "values.json", "origins.json"] {
      let file = "\(folder)/\(name)"
      let value = try JSONSerialization.jsonObject(with: Data(place.bytes(file)))
      var changed = defaced(value)
      if name == "run.json", var manifest = changed as? [String: Any] {
        manifest["error"] = Self.hostile
        manifest["name"] = extent == .all ? Self.hostile : "stripes"
        manifest["variant"] = Self.hostile
        if !isComplete { manifest["status"] = "failed" }
        changed = manifest
      }
      try place.write(Array(JSONSerialization.data(withJSONObject: changed)), to: file)
    }
    let escaped = Self.hostile.unicodeScalars.map { scalar in
      let code = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - code.count) + code
    }.joined()
    let key = extent == .all ? "\"\(escaped)\"" : "description"
    try place.write(
      place.text("\(folder)/resolved.yaml") + "\(key): \"\(escaped)\"\n",
      to: "\(folder)/resolved.yaml")
  }
}
