import Diagnostics
import Testing

@Suite struct ReportableErrorTests {
  private static let spec = Diagnostic.Identifier("spec")
  private static let input = Diagnostic.Identifier("input", exitStatus: .inputMissing)
  private static let file = Diagnostic.Identifier("file", exitStatus: .inputOutput)

  /// The mistakes of these kinds together.
  private func all(_ kinds: Diagnostic.Identifier...) -> Diagnostics {
    Diagnostics(kinds.map { Diagnostic(identifier: $0, message: $0.name) })
  }

  @Test func `a mistake alone ends a command with its own status`() {
    #expect(Diagnostic(identifier: .usage, message: "a").exitStatus == .usage)
    #expect(Diagnostic(identifier: Self.spec, message: "a").exitStatus == .invalidSpec)
    #expect(all(Self.input).exitStatus == .inputMissing)
  }

  @Test func `of several, wrong usage counts most and an invalid spec least`() {
    #expect(all(Self.spec, Self.input, .usage).exitStatus == .usage)
    #expect(all(Self.spec, Self.input).exitStatus == .inputMissing)
    #expect(all(Self.spec, Self.file).exitStatus == .inputOutput)
    #expect(all(Self.spec).exitStatus == .invalidSpec)
  }

  @Test func `what describes itself is printed as an error`() {
    struct Lost: ReportableError, CustomStringConvertible {
      let description = "lost"
      let exitStatus = ReportableErrorTests.input.exitStatus
    }
    #expect(Lost().rendered(color: true, width: nil) == "error: lost")
  }
}
