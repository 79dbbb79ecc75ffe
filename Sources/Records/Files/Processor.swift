/// A kind of processor. Those of one kind round alike, so that a run gives the same bits on them.
package struct Processor: Codable, Hashable, Sendable {
  /// The processor, as its maker names it.
  package let cpu: String
  /// The widest vector instructions in use, as the backend names them: `avx512-bf16`.
  package let instructionSet: String

  enum CodingKeys: String, CodingKey {
    case cpu
    case instructionSet = "instruction_set"
  }

  /// The processor `cpu`, of which `instructionSet` is used.
  package init(cpu: String, instructionSet: String) {
    self.cpu = cpu
    self.instructionSet = instructionSet
  }
}

extension Processor: CustomStringConvertible {
  package var description: String { "\(cpu), \(instructionSet)" }
}

extension Machine {
  /// Its kind of processor.
  package var processor: Processor { Processor(cpu: cpu, instructionSet: instructionSet) }
}

extension Manifest {
  /// The kinds of processors on which the run took place, one after the other. Its bits are of none of them if there
  /// are several.
  package var processors: [Processor] {
    [machine.processor] + resumptions.compactMap(\.processor)
  }

  /// The kind of processor on which the run took place last.
  package var lastProcessor: Processor {
    resumptions.compactMap(\.processor).last ?? machine.processor
  }
}
