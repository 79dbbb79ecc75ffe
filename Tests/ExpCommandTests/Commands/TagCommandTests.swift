import Testing

/// `exp tag`, and who shows what it gives.
struct TagCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet --tag first").code == 0)
  }

  @Test func `a run is known by the tag that it was given last, and no record changes`() throws {
    let run = place.runs(of: "stripes")[0]
    let record = try place.bytes("\(run)/run.json")
    let ending = try place.exp("tag seed-0 --as second")
    #expect(ending.output == "1 run tagged 'second'\n", "\(ending.error)")
    #expect(try place.text("\(run)/tag.txt") == "second\n")
    #expect(try place.bytes("\(run)/run.json") == record)
    let rows = try place.exp("compare --group-by tag").output.split(separator: "\n").prefix(3)
    let names = rows.dropFirst().compactMap { $0.split(separator: " ").first }
    #expect(names.sorted() == ["first", "second"], "\(rows)")
    #expect(try place.exp("list").output.contains(" second "))
    #expect(try place.exp("show seed-0").output.contains("second"))
    #expect(try place.exp("compare --where tag==second").code == 0)
    #expect(try place.exp("verify seed-0 --quick").code == 0)

    #expect(try place.exp("tag runs --remove").output == "2 runs without such a tag\n")
    #expect(!place.exists("\(run)/tag.txt"))
    #expect(!(try place.exp("list").output.contains("second")))
  }

  @Test(arguments: [
    ("tag runs", "one of '--as' and '--remove' is needed"),
    ("tag runs --as x --remove", "one of '--as' and '--remove' is needed"),
    ("tag runs --as ../x", "'--as' must consist of at most 100 letters"),
  ])
  func `it takes a name, or none`(line: String, message: String) throws {
    let ending = try place.exp(line)
    #expect(ending.code == 64)
    #expect(ending.error.contains(message), "\(ending.error)")
  }

  @Test func `a tag that is none is a damaged record`() throws {
    let run = place.runs(of: "stripes")[0]
    try place.write("a\u{1B}[31m b\n", to: "\(run)/tag.txt")
    let list = try place.exp("list").output.replacing("\n ", with: "")
    #expect(list.contains("unreadable: \(run): tag.txt is damaged: a tag must consist"), "\(list)")
  }
}
