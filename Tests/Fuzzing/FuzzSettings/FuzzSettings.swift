import FuzzChecks

/// The first byte tells the spec; each line behind it is an argument of `--set`.
@main enum FuzzSettings {
  static func main() {
    precondition(BaseSpec.all.allSatisfy { SpecCheck.check($0) }, "a base spec has mistakes")
    fuzz { bytes, count in
      withText(bytes, count) { text in
        let lines = text.dropFirst().split(separator: "\n", omittingEmptySubsequences: false)
        let number = Int(text.utf8.first ?? 0) % BaseSpec.all.count
        _ = SpecCheck.check(BaseSpec.all[number], settings: lines.map(String.init))
      }
    }
  }
}
