extension String {
  /// The last part of this path.
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
