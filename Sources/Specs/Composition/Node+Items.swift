import Documents

extension Node {
  /// The names of a list's items.
  var itemNames: [String] {
    ItemNames.names(of: items.map { ($0["name"]?.text, $0.typeName ?? "") })
  }

  /// The value of `type:`, or the name that is written alone as its short form.
  package var typeName: String? { self["type"]?.text ?? (isShortForm ? text : nil) }
}
