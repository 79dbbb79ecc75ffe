import Records

/// A property of a run that its spec does not say: the user's tag, the machine, and the programs.
package enum RunCircumstance: String, CaseIterable, Sendable {
  case tag, host, cpu
  case instructionSet = "instruction_set"
  case threads
  case oneDNNVersion = "onednn_version"
  case expVersion = "exp_version"
  case toolchain
  case gitCommit = "git_commit"
  case gitDirty = "git_dirty"

  /// All, for a sentence: `tag, host … or git_dirty`.
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + names.suffix(1).joined()
  }

  /// The circumstance of which `name` names a value, as `tag:v1` does; nil if it names none.
  init?(of name: String) {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    self.init(rawValue: String(name[..<colon]))
  }

  /// The value in the run of `manifest`; nil if it has none.
  func value(in manifest: Manifest) -> String? {
    switch self {
    case .tag: manifest.tag
    case .host: manifest.machine.host
    case .cpu: manifest.inOrder(\.cpu)
    case .instructionSet: manifest.inOrder(\.instructionSet)
    case .threads: "\(manifest.machine.threads)"
    case .oneDNNVersion: manifest.machine.oneDNNVersion
    case .expVersion: manifest.expVersion
    case .toolchain: manifest.toolchain
    case .gitCommit: manifest.gitCommit
    case .gitDirty: manifest.gitDirty.map(String.init)
    }
  }

  /// `value` as a row is called: commits by their first digits.
  func label(of value: String) -> String {
    self == .gitCommit ? String(value.prefix(12)) : value
  }
}

extension Manifest {
  /// A property of the processors on which the run took place, one after the other.
  fileprivate func inOrder(_ property: (Processor) -> String) -> String {
    let all = processors.map(property)
    return Set(all).count == 1 ? all[0] : all.joined(separator: ", then ")
  }
}
