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

  /// Renames the tensors of `file`, by `rules` or else as the file itself says; nil if a rule fits nothing, or two of
  /// them get one name, which is then reported.
  init?(
    of file: StoredTensors, renamed rules: NamedMap<String>?, _ diagnostics: inout Diagnostics
  ) {
    var (unused, isUnique) = (Set(rules?.entries.indices ?? 0..<0), true)
    var exact: [String: StoredTensors.Entry] = [:]
    all = file.entries.map { entry in
      let rule = rules?.entries.firstIndex { Self.isStart($0.name, of: entry.name) }
      guard let rule, let rules else {
        return Tensor(name: file.ownNames[entry.name] ?? entry.name, entry: entry)
      }
      unused.remove(rule)
      let (old, new) = (rules.entries[rule].name, rules.entries[rule].value)
      let name = new + entry.name.dropFirst(old.count)
      return Tensor(name: String(name.trimmingPrefix(".")), entry: entry)
    }
    for tensor in all {
      if let other = exact.updateValue(tensor.entry, forKey: tensor.name) {
        isUnique = false
        diagnostics.error(
          .weightsRenamed,
          "'\(other.name)' and '\(tensor.entry.name)' are both called '\(tensor.name)'",
          at: rules?.entries.first?.key.location, hint: "'rename' must give each a name of its own")
      }
    }
    self.exact = exact
    underscored = Dictionary(all.map { (Self.underscored($0.name), $0.entry) }) { _, _ in nil }
    for rule in unused.sorted() {
      guard let rules else { break }
      let name = rules.entries[rule].name
      let near = Suggestions.nearest(
        to: name, among: file.entries.flatMap { Self.starts(of: $0.name) })
      diagnostics.error(
        .weightsRenamed, "the file has no '\(name)'", at: rules.entries[rule].key.location,
        hint: near.map { "did you mean '\($0)'?" } ?? "it has \(Self.summary(of: file))")
    }
    guard unused.isEmpty, isUnique else { return nil }
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

  /// A few of the names in `file`.
  static func summary(of file: StoredTensors) -> String {
    let names = file.entries.prefix(3).map { "'\($0.name)'" }.joined(separator: ", ")
    return file.entries.isEmpty ? "nothing" : file.entries.count > 3 ? names + ", …" : names
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
