import Files
import Glibc

/// The computer, process and libraries of a run.
package struct Machine: Codable, Hashable, Sendable {
  /// The computer's name.
  package let host: String
  /// The run's process.
  package let pid: Int32
  /// The processor, as its maker names it.
  package let cpu: String
  /// The widest vector instructions in use, as the backend names them: `avx512-bf16`.
  package let instructionSet: String
  /// Threads that train.
  package let threads: Int
  /// Version of the library in use: `2.6.3`.
  package let oneDNNVersion: String

  enum CodingKeys: String, CodingKey {
    case host, pid, cpu
    case instructionSet = "instruction_set"
    case threads
    case oneDNNVersion = "onednn_version"
  }

  /// A process on a computer; the defaults are those of this one.
  package init(
    host: String = Computer.hostName, pid: Int32 = getpid(), cpu: String = Machine.cpuName,
    instructionSet: String, threads: Int, oneDNNVersion: String
  ) {
    self.host = host
    self.pid = pid
    self.cpu = cpu
    self.instructionSet = instructionSet
    self.threads = threads
    self.oneDNNVersion = oneDNNVersion
  }

  /// This computer's processor, as Linux names it.
  package static var cpuName: String {
    let key = "model name"
    guard let text = try? Storage.readText("/proc/cpuinfo"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
      let colon = line.firstIndex(of: ":")
    else { return "unknown" }
    return String(line[line.index(after: colon)...].drop { $0 == " " })
  }
}
