import FuzzChecks

/// The input is a spec.
@main enum FuzzText {
  static func main() {
    fuzz { bytes, count in withText(bytes, count) { _ = SpecCheck.check($0) } }
  }
}
