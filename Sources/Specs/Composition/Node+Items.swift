import Documents

extension Node {
  /// The names of a list's items.
  var itemNames: [String] {
    ItemNames.names(of: items.map { ($0["name"]?.text, $0.typeName ?? "") })
  }

  /// What stands behind `type:`, or stands here alone for it.
  package var typeName: String? { self["type"]?.text ?? (isShortForm ? text : nil) }
}
