import Files

extension RunFolder {
  static let checkpointFolder = "checkpoints"
  private static let prefix = "epoch-"
  private static let suffix = ".safetensors"

  /// The epochs whose weights lie in the folder `checkpoints`, in rising order.
  package func checkpointEpochs() throws(StorageError) -> [Int] {
    let folder = path + "/" + Self.checkpointFolder
    guard Storage.isFolder(folder) else { return [] }
    return try Storage.names(in: folder).compactMap { name in
      let number = name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)
      return Int(number).flatMap { Storage.name(of: path(ofCheckpoint: $0)) == name ? $0 : nil }
    }.sorted()
  }

  /// The path of the weights after `epoch`: `checkpoints/epoch-012.safetensors`.
  package func path(ofCheckpoint epoch: Int) -> String {
    let number = String(epoch)
    let zeros = String(repeating: "0", count: max(0, 3 - number.count))
    return "\(path)/\(Self.checkpointFolder)/\(Self.prefix)\(zeros)\(number)\(Self.suffix)"
  }

  /// Removes the weights after later epochs than `epoch`, which the run is to train again.
  package func removeCheckpoints(after epoch: Int) throws(StorageError) {
    for later in try checkpointEpochs() where later > epoch {
      try Storage.removeFile(path(ofCheckpoint: later))
    }
  }

  /// Keeps the weights after `epoch`, and of all those kept so the last `count`. With 0 there are none.
  package func writeCheckpoint(
    _ bytes: [UInt8], epoch: Int, keepingLast count: Int
  ) throws(StorageError) {
    guard count > 0 else { return }
    _ = try Storage.createNewFolder(path + "/" + Self.checkpointFolder)
    try Storage.write(bytes, to: path(ofCheckpoint: epoch))
    for old in try checkpointEpochs().dropLast(count) {
      try Storage.removeFile(path(ofCheckpoint: old))
    }
  }
}
