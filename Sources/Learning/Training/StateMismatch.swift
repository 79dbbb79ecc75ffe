/// The error that a saved state is not one that the training of a run can have reached.
package struct StateMismatch: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
