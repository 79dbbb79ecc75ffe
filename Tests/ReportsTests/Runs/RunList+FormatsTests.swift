import Foundation
import Records
import Reports
import Testing

/// The list of runs for other programs.
@Suite struct RunListFormatsTests {
  private let catalog = RunCatalog(runs: [
    .example("study", seed: 1, tag: "=first", variant: "units: 64"),
    .example(minute: 1, status: .diverged),
  ])

  @Test func csvHasEveryDigitAndNoFormulas() {
    let lines = catalog.list(.csv).split(separator: "\n")
    let header: Substring =
      "experiment,variant,tag,seed,fold,status,started,epochs,epochs_planned,val_accuracy,val_f1_macro,test_accuracy,test_f1_macro,path"
    #expect(lines.first == header)
    #expect(
      lines.dropFirst().first?.hasPrefix("study,units: 64,'=first,1,,completed,2026-") == true)
    #expect(lines[1].contains(",0.992,0.9919994879672299,runs/study/"))
    let diverged = "mnist-baseline,,,0,,diverged,2026-11-22T20:07:00.000Z,,12,,,,,runs/"
    #expect(lines.last?.hasPrefix(diverged) == true)
    #expect(lines.count == 3)
  }

  @Test func jsonHasTheSame() throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(catalog.list(.json).utf8))
    let records = try #require(parsed as? [[String: Any]])
    #expect(records.map { $0["status"] as? String } == ["completed", "diverged"])
    #expect(records[0]["tag"] as? String == "=first")
    #expect(catalog.list(.json).contains("\"test_f1_macro\": 0.9919994879672299"))
    #expect(records[1]["test_f1_macro"] is NSNull)
  }

  @Test func tablesForReadersHaveTheColumnsOfTheList() {
    #expect(catalog.list(.markdown).hasPrefix("| experiment | variant | tag | seed | status |"))
    #expect(catalog.list(.latex).contains("study & units: 64 & =first & 1 & completed & "))
  }

  @Test func withoutRunsThereIsAHeaderAlone() {
    let none = RunCatalog(runs: [])
    #expect(none.list(.csv).hasPrefix("experiment,variant,"))
    #expect(none.list(.csv).split(separator: "\n").count == 1)
    #expect(none.list(.json) == "[]\n")
  }
}
