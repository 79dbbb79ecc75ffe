extension Manifest {
  /// What ended a run early, and when.
  public struct Failure: Encodable, Hashable, Sendable {
    /// What happened.
    public let message: String
    /// From 1.
    public let epoch: Int?
    /// Batch within the epoch, from 1.
    public let step: Int?

    enum CodingKeys: String, CodingKey { case message, epoch, step }

    /// A failure with `message`, at `step` of `epoch` if it was during training.
    public init(message: String, epoch: Int? = nil, step: Int? = nil) {
      (self.message, self.epoch, self.step) = (message, epoch, step)
    }
  }

  /// A process that went on with a run.
  public struct Resumption: Encodable, Hashable, Sendable {
    /// When it began.
    public let started: Timestamp
    /// The program's arguments, its own name first.
    public let command: [String]
    /// The computer's name; nil where that was not noted yet.
    public let host: String?
    /// The process.
    public let pid: Int32
    /// Threads that train.
    public let threads: Int
    /// Epochs that were done already.
    public let epoch: Int
    /// Steps that were done already in the epoch after these.
    public let step: Int

    /// Where it went on, in words.
    public var place: String {
      if step == 0, epoch == 0 { return "from the beginning" }
      return step == 0 ? "after epoch \(epoch)" : "in epoch \(epoch + 1), after step \(step)"
    }

    enum CodingKeys: String, CodingKey { case started, command, host, pid, threads, epoch, step }

    /// A process that went on after `step` steps of the epoch that follows `epoch`.
    public init(
      started: Timestamp = .now, command: [String], host: String?, pid: Int32, threads: Int,
      epoch: Int, step: Int
    ) {
      (self.started, self.command, self.host, self.pid) = (started, command, host, pid)
      (self.threads, self.epoch, self.step) = (threads, epoch, step)
    }
  }

  /// A data file and its contents' checksum.
  public struct FileChecksum: Encodable, Hashable, Sendable {
    /// The file's name.
    public let file: String
    /// SHA-256 of the decompressed file, in hexadecimal.
    public let sha256: String

    enum CodingKeys: String, CodingKey { case file, sha256 }

    /// The checksum of `file`.
    public init(file: String, sha256: String) { (self.file, self.sha256) = (file, sha256) }
  }

  /// The images that a run was given.
  public struct DataSummary: Encodable, Hashable, Sendable {
    /// The dataset's type: `mnist`.
    public let dataset: String
    /// Height, width, channels.
    public let imageShape: [Int]
    /// In class order.
    public let classNames: [String]
    /// Images to learn from.
    public let trainingCount: Int
    /// Images held out of training, to choose by.
    public let validationCount: Int
    /// Images for the final score.
    public let testCount: Int
    /// Of each file that was read.
    public let checksums: [FileChecksum]

    enum CodingKeys: String, CodingKey {
      case dataset
      case imageShape = "image_shape"
      case classNames = "class_names"
      case trainingCount = "training_count"
      case validationCount = "validation_count"
      case testCount = "test_count"
      case checksums
    }

    /// Hashes what is short: checksums are long, and seldom all that differs.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(dataset)
      hasher.combine(trainingCount)
    }

    /// Images of `dataset`, by what they are used for.
    public init(
      dataset: String, imageShape: [Int], classNames: [String], trainingCount: Int,
      validationCount: Int, testCount: Int, checksums: [FileChecksum]
    ) {
      self.dataset = dataset
      self.imageShape = imageShape
      self.classNames = classNames
      self.trainingCount = trainingCount
      self.validationCount = validationCount
      self.testCount = testCount
      self.checksums = checksums
    }
  }

  /// One layer, as `exp check` shows it.
  public struct LayerRow: Encodable, Hashable, Sendable {
    /// The layer's name, unique in its network.
    public let name: String
    /// The layer's type: `conv2d`.
    public let type: String
    /// Height, width, channels; or one number, if flat.
    public let outputShape: [Int]
    /// Trainable numbers.
    public let parameters: Int
    /// Multiplications and additions for one image, forward.
    public let flops: Int

    enum CodingKeys: String, CodingKey {
      case name, type
      case outputShape = "output_shape"
      case parameters, flops
    }

    /// The row of layer `name`.
    public init(name: String, type: String, outputShape: [Int], parameters: Int, flops: Int) {
      self.name = name
      self.type = type
      self.outputShape = outputShape
      self.parameters = parameters
      self.flops = flops
    }
  }
}
