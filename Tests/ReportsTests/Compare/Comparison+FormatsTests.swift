import Foundation
import Metrics
import Records
import Reports
import Testing

@Suite("Comparisons read back by other programs")
struct ComparisonFormatsTests {
  /// A name and a value with all that formats give a meaning to.
  private static let strange = "a|b, \"c\" <b>&amp; *d* _e_ `f` \\| [g](h) |\u{301}\n猫🙂\\"

  private static func comparison() throws -> Comparison {
    let runs: [RunRecord] = [
      .example(strange, hash: "aa", seed: 0), .example(strange, hash: "aa", seed: 1, mistakes: 9),
      .example("plain", hash: "bb", mistakes: 20), .example("broken", hash: "cc", status: .failed),
    ]
    let problems = [RunProblem(path: "runs/a|b\n<i>", reason: "run.json is missing")]
    return try Comparison.of(
      RunCatalog(runs: runs, problems: problems),
      ["aa": .example(["data.path": .string(strange)]), "bb": .example()]
    ) { $0.baseline = "plain" }
  }

  @Test(.enabled(if: Python.standard.isHere, "needs python3"))
  func csv() throws {
    let script = """
      import csv, json, sys
      sys.stdin.reconfigure(newline="")
      print(json.dumps(list(csv.DictReader(sys.stdin, strict=True))))
      """
    let text = try Python.standard.run(script, input: try Self.comparison().text(.csv))
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: String]])
    #expect(rows.map { $0["experiment"] } == [Self.strange, "plain", "broken"])
    #expect(rows.map { $0["data.path"] } == [Self.strange.replacing("\n", with: " "), "", ""])
    #expect(rows.map { $0["runs"] } == ["2", "1", "0"])
    #expect(rows.map { $0["runs_attempted"] } == ["2", "1", "1"])
    #expect(rows.map { $0["test_accuracy_mean"] } == ["0.9915", "0.98", ""])
    #expect(rows.map { $0["spec_hash"] } == ["aa", "bb", "cc"])
    #expect(rows.allSatisfy { $0.count == rows[0].count && $0[""] == nil })
  }

  @Test("the intervals and differences of CSV and JSON are the same numbers")
  func statistics() throws {
    let comparison = try Comparison.sweep {
      $0.baseline = "sweep (optimizer: adam, batch_size: 32)"
    }
    let lines = comparison.text(.csv).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func column(_ name: String) throws -> [Double?] {
      let place = try #require(lines[0].firstIndex(of: name))
      return lines.dropFirst().map { Double($0[place]) }
    }
    let json = try JSONSerialization.jsonObject(with: Data(comparison.text(.json).utf8))
    let rows = try #require((json as? [String: Any])?["rows"] as? [[String: Any]])
    func member(_ key: String, _ part: String) -> [Double?] {
      rows.map { ($0[key] as? [String: Any])?[part] as? Double }
    }
    func interval(_ key: String, _ bound: Int) -> [Double?] {
      rows.map { (($0[key] as? [String: Any])?["interval"] as? [Double])?[bound] }
    }
    let score = "test_f1_macro"
    let difference = "test_f1_macro_difference"
    // Foundation's reader may miss the last bit.
    func agree(_ left: [Double?], _ right: [Double?]) -> Bool {
      left.count == right.count
        && zip(left, right).allSatisfy { left, right in
          left == right || abs((left ?? 0) - (right ?? 9)) <= 1e-15
        }
    }
    #expect(agree(try column(score + "_mean"), member(score, "mean")))
    #expect(agree(try column(score + "_sd"), member(score, "sd")))
    #expect(agree(try column(score + "_low"), interval(score, 0)))
    #expect(agree(try column(score + "_high"), interval(score, 1)))
    #expect(agree(try column(difference), member(difference, "mean")))
    #expect(agree(try column(difference + "_low"), interval(difference, 0)))
    #expect(agree(try column(difference + "_p"), member(difference, "p")))
    #expect(agree(try column(difference + "_p_holm"), member(difference, "p_holm")))
    #expect(try column(difference + "_p").compactMap(\.self).count == 3)
  }

  @Test func json() throws {
    let text = try Self.comparison().text(.json)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rows = try #require(json["rows"] as? [[String: Any]])
    #expect(rows.map { $0["experiment"] as? String } == [Self.strange, "plain", "broken"])
    #expect(rows.map { ($0["counted"] as? [Any])?.count } == [2, 1, 0])
    #expect(rows.map { ($0["unfinished"] as? [Any])?.count } == [0, 0, 1])
    #expect(rows.map { $0["best"] as? Bool } == [true, false, false])
    #expect(
      (rows[0]["values"] as? [String: Any])?["data.path"] as? String == Self.strange)
    #expect(((rows[0]["data"] as? [String: Any])?["dataset"] as? String) == "mnist")
    #expect((json["sentences"] as? [String])?.count == 3)
    let problems = try #require(json["problems"] as? [[String: String]])
    #expect(problems == [["path": "runs/a|b\n<i>", "reason": "run.json is missing"]])
  }

  @Test(.enabled(if: Python.ofInterop != nil, "`make interop` renders Markdown"))
  func markdown() throws {
    let script = """
      import json, sys
      from markdown_it import MarkdownIt
      tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(sys.stdin.read())
      rows, items, kinds = [], [], set()
      for before, token in zip([None] + tokens, tokens):
          if token.type == "tr_open": rows.append([])
          if token.type != "inline": continue
          text = "".join(child.content for child in token.children)
          kinds |= {child.type for child in token.children}
          if before.type in ("td_open", "th_open"): rows[-1].append(text)
          else: items.append(text)
      print(json.dumps([rows, items, sorted(kinds)]))
      """
    let comparison = try Self.comparison()
    let output = try #require(Python.ofInterop).run(script, input: comparison.text(.markdown))
    let all = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [Any])
    let rows = try #require(all[0] as? [[String]])
    let oneLine = Self.strange.replacing("\n", with: " ")
    #expect(rows.map { $0[0] } == ["experiment", oneLine + " *", "plain", "broken"])
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let path = try #require(rows[0].firstIndex(of: "data.path"))
    #expect(rows.map { $0[path] } == ["data.path", oneLine, "–", "–"])
    let items = try #require(all[1] as? [String])
    #expect(items.starts(with: comparison.sentences))
    #expect(items.suffix(comparison.notes.count) == comparison.notes[...])
    let kinds = try #require(all[2] as? [String])
    #expect(Set(kinds).subtracting(["text", "text_special"]).isEmpty, "nothing became markup")
  }

  @Test("a table has one line for each row, whatever is in it")
  func table() throws {
    let lines = try Self.comparison().text(.table).split(separator: "\n")
    #expect(lines[1].hasPrefix(Self.strange.replacing("\n", with: " ") + " *   2/2  "))
    #expect(lines[2].hasPrefix("plain "))
  }
}
