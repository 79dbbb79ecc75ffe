import Specs

/// Says what holds for every run: it ends at once when its loss is no finite number, and counts as diverged.
/// Other seeds go on.
///
/// No run could go on to anything useful, so there is nothing to choose, and nothing for a callback to do.
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
