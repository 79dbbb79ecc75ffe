/// The use that the images of a dataset are read for.
enum DataUse: String {
  /// Networks are trained on them.
  case training
  /// Finished networks are scored on them: any classes and parts may be missing.
  case scoring

  /// The fewest classes that the images may be of.
  var fewestClasses: Int { self == .training ? 2 : 1 }

  /// The cache key of the `settings` of decoding, which differs by use.
  func settings(_ settings: String) -> String {
    self == .training ? settings : "\(settings)\n\(rawValue)"
  }
}
