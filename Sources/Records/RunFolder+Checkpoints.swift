import Files

extension RunFolder {
  static let checkpointFolder = "checkpoints"
  private static let prefix = "epoch-"
  private static let suffix = ".safetensors"

  /// The epochs whose weights lie in `folder`, in rising order.
  private static func epochs(in folder: Folder) throws(StorageError) -> [Int] {
    try folder.entries().filter { $0.kind == .file }.map(\.name).compactMap { name in
      let number = name.dropFirst(prefix.count).dropLast(suffix.count)
      return Int(number).flatMap { checkpointName(of: $0) == name ? $0 : nil }
    }.sorted()
  }

  /// The name of the weights after `epoch`: `epoch-012.safetensors`.
  private static func checkpointName(of epoch: Int) -> String {
    let number = String(epoch)
    let zeros = String(repeating: "0", count: max(0, 3 - number.count))
    return "\(prefix)\(zeros)\(number)\(suffix)"
  }

  /// Removes the weights after later epochs than `epoch`, which the run is to train again.
  package func removeCheckpoints(after epoch: Int) throws(StorageError) {
    guard let folder = try opened().folder(Self.checkpointFolder) else { return }
    for later in try Self.epochs(in: folder) where later > epoch {
      try folder.removeFile(Self.checkpointName(of: later))
    }
  }

  /// Keeps the weights after `epoch`, and of all those kept so the last `count`. With 0 there are none.
  package func writeCheckpoint(
    _ bytes: [UInt8], epoch: Int, keepingLast count: Int
  ) throws(StorageError) {
    guard count > 0 else { return }
    let folder = try opened().createFolder(Self.checkpointFolder)
    try folder.write(bytes, to: Self.checkpointName(of: epoch))
    for old in try Self.epochs(in: folder).dropLast(count) {
      try folder.removeFile(Self.checkpointName(of: old))
    }
  }

  /// Copies the weights of single epochs to the folder of a run that goes on from this one.
  func copyCheckpoints(to successor: RunFolder) throws(StorageError) {
    guard let checkpoints = try opened().folder(Self.checkpointFolder) else { return }
    let copies = try successor.opened().createFolder(Self.checkpointFolder)
    for name in try Self.epochs(in: checkpoints).map(Self.checkpointName) {
      try copies.write(checkpoints.read(name, limit: RunFile.weights.limit), to: name)
    }
  }
}
