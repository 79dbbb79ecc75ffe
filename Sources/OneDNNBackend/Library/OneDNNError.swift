internal import COneDNN

/// A call of oneDNN, or of the system on its behalf, that failed.
package struct OneDNNError: Error, CustomStringConvertible {
  /// oneDNN's status in words, such as `out of memory`.
  package let status: String
  /// The call that failed, such as `create convolution`.
  package let call: String
  /// The layer whose kernel failed.
  package let descriptor: String
  /// True if the library has nothing for the request.
  var isUnimplemented = false
  /// A way out, if there is one.
  var hint: String?

  package var description: String {
    "the engine could not \(call) for \(descriptor): \(status)"
      + (hint.map { "\nhint: \($0)" } ?? "")
  }

  /// Throws unless `status` is oneDNN's success.
  static func check(
    _ status: Int32, _ call: @autoclosure () -> String, for descriptor: @autoclosure () -> String
  ) throws {
    guard status != 0 else { return }
    throw OneDNNError(
      status: String(cString: exp_status_name(status)), call: call(), descriptor: descriptor(),
      isUnimplemented: exp_is_unimplemented(status))
  }
}
