import Specs

/// A callback without effect, since every run ends at once if its loss is not a finite number, and counts as diverged.
/// Other seeds continue.
///
/// There is nothing to choose, since no such run could lead to anything useful.
package struct TerminateOnNaN: CallbackSpec {
  package static let type = "terminate_on_nan"
  package static let summary = "Ends a run whose loss is no finite number; all runs do that."
  package static let source: String? = "Keras's TerminateOnNaN(raise_error=True)"
  package static let otherNames = ["terminate_on_non_finite"]

  package init() {}

  package func makeCallback() -> any Callback { TerminateOnNaNCallback() }
}

private struct TerminateOnNaNCallback: Callback {
  func respond(to event: RunEvent) -> [CallbackAction] { [] }
}
