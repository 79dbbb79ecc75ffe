import Diagnostics
import Specs
import Tensors

/// The tensors of a file by the names that the model has for them.
///
/// Layers have no dots in their names, modules of PyTorch do: `layer1.0.conv1` is the layer `layer1_0_conv1`. Files of
/// `exp export` say what other names their tensors have here.
struct WeightsNames {
  /// A tensor and its name after renaming.
  struct Tensor {
    let name: String
    let entry: StoredTensors.Entry
  }

  let all: [Tensor]
  private let exact: [String: StoredTensors.Entry]
  /// By names with underscores for dots; none where two tensors would have the same.
  private let underscored: [String: StoredTensors.Entry?]

  /// Renames the tensors of `file`, each by that of the `rules` that says most of its name, or else as the file itself
  /// says; nil if a rule fits nothing or makes the name of none of `layers`, or if two tensors get one name, which is
  /// then reported.
  init?(
    of file: StoredTensors, renamed rules: NamedMap<String>?, for layers: Set<String>,
    _ diagnostics: inout Diagnostics
  ) {
    let rules = rules?.entries ?? []
    var renamed = [[String]](repeating: [], count: rules.count)
    var isRight = true
    var exact: [String: StoredTensors.Entry] = [:]
    all = file.entries.map { entry in
      let fitting = rules.indices.filter { Self.isStart(rules[$0].name, of: entry.name) }
      guard let rule = fitting.max(by: { rules[$0].name.count < rules[$1].name.count }) else {
        return Tensor(name: file.ownNames[entry.name] ?? entry.name, entry: entry)
      }
      let rest = entry.name.dropFirst(rules[rule].name.count)
      let name = String((rules[rule].value + rest).trimmingPrefix("."))
      renamed[rule].append(name)
      return Tensor(name: name, entry: entry)
    }
    for tensor in all {
      if let other = exact.updateValue(tensor.entry, forKey: tensor.name) {
        isRight = false
        diagnostics.error(
          .weightsRenamed,
          "'\(other.name)' and '\(tensor.entry.name)' are both called '\(tensor.name)'",
          at: rules.first?.key.location, hint: "'rename' must give each a name of its own")
      }
    }
    self.exact = exact
    underscored = Dictionary(all.map { (Self.underscored($0.name), $0.entry) }) { _, _ in nil }
    for (rule, names) in zip(rules, renamed) {
      if names.isEmpty {
        isRight = false
        diagnostics.add(Self.unused(rule.name, in: file, at: rule.key.location))
      } else if !rule.value.isEmpty,
        !names.contains(where: { layer(of: $0, among: layers) != nil })
      {
        isRight = false
        let near = Suggestions.nearest(to: rule.value, among: layers.sorted())
        diagnostics.error(
          .weightsRenamed, "the model has no layer '\(rule.value)'", at: rule.key.location,
          hint: near.map { "did you mean '\($0)'?" }
            ?? "'rename' says which layer of the model each name in the file is")
      }
    }
    guard isRight else { return nil }
  }

  /// The mistake that a rule for `name` renames nothing in `file`.
  private static func unused(
    _ name: String, in file: StoredTensors, at location: Location?
  ) -> Diagnostic {
    guard !file.entries.contains(where: { isStart(name, of: $0.name) }) else {
      return Diagnostic(
        identifier: .weightsRenamed, message: "nothing is left of '\(name)' to rename",
        location: location, hint: "others say more of the names of all that it has: leave it out")
    }
    let near = Suggestions.nearest(to: name, among: file.entries.flatMap { starts(of: $0.name) })
    return Diagnostic(
      identifier: .weightsRenamed, message: "the file has no '\(name)'", location: location,
      hint: near.map { "did you mean '\($0)'?" }
        ?? "it has \(summary(of: file.entries.map(\.name)))")
  }

  /// The tensor that the model calls `name`, where `isPyTorch` also if it is called so with dots.
  func entry(_ name: String, isPyTorch: Bool) -> StoredTensors.Entry? {
    exact[name] ?? (isPyTorch ? underscored[Self.underscored(name)] ?? nil : nil)
  }

  /// The layer among `layers` to which the tensor `name` belongs.
  func layer(of name: String, among layers: Set<String>) -> String? {
    [Self.underscored(name).prefix { $0 != "." }, name.prefix { $0 != "." }].map(String.init)
      .first(where: layers.contains)
  }

  /// A few of `names`.
  static func summary(of names: [String]) -> String {
    let few = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return names.isEmpty ? "nothing" : names.count > 3 ? few + ", …" : few
  }

  private static func isStart(_ start: String, of name: String) -> Bool {
    name == start || name.hasPrefix(start + ".")
  }

  /// `name`, and its beginnings up to each dot.
  private static func starts(of name: String) -> [String] {
    name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) } + [name]
  }

  /// `name` with underscores for all dots but the last.
  private static func underscored(_ name: String) -> String {
    guard let last = name.lastIndex(of: ".") else { return name }
    return String(name[..<last].replacing(".", with: "_") + name[last...])
  }
}
