import Files

extension Manifest {
  /// What ended a run early, and when.
  package struct Failure: Encodable, Hashable, Sendable {
    /// What happened.
    package let message: String
    /// From 1.
    package let epoch: Int?
    /// Batch within the epoch, from 1.
    package let step: Int?

    enum CodingKeys: String, CodingKey { case message, epoch, step }

    /// A failure with `message`, at `step` of `epoch` if it was during training.
    package init(message: String, epoch: Int? = nil, step: Int? = nil) {
      (self.message, self.epoch, self.step) = (message, epoch, step)
    }
  }

  /// A process that went on with a run.
  package struct Resumption: Encodable, Hashable, Sendable {
    /// When it began.
    package let started: Timestamp
    /// The program's arguments, its own name first.
    package let command: [String]
    /// The computer's name; nil where that was not noted yet.
    package let host: String?
    /// The process.
    package let pid: Int32
    /// Threads that train.
    package let threads: Int
    /// Epochs that were done already.
    package let epoch: Int
    /// Steps that were done already in the epoch after these.
    package let step: Int

    /// Where it went on, in words.
    package var place: String {
      if step == 0, epoch == 0 { return "from the beginning" }
      return step == 0 ? "after epoch \(epoch)" : "in epoch \(epoch + 1), after step \(step)"
    }

    enum CodingKeys: String, CodingKey { case started, command, host, pid, threads, epoch, step }

    /// A process that went on after `step` steps of the epoch that follows `epoch`.
    package init(
      started: Timestamp = .now, command: [String], host: String?, pid: Int32, threads: Int,
      epoch: Int, step: Int
    ) {
      (self.started, self.command, self.host, self.pid) = (started, command, host, pid)
      (self.threads, self.epoch, self.step) = (threads, epoch, step)
    }
  }

  /// A data file and its contents' checksum.
  package struct FileChecksum: Encodable, Hashable, Sendable {
    /// The file's name.
    package let file: String
    /// SHA-256 of the decompressed file, in hexadecimal.
    package let sha256: String

    enum CodingKeys: String, CodingKey { case file, sha256 }

    /// The checksum of `file`.
    package init(file: String, sha256: String) { (self.file, self.sha256) = (file, sha256) }
  }

  /// The images that a run was given.
  package struct DataSummary: Encodable, Hashable, Sendable {
    /// The dataset's type: `mnist`.
    package let dataset: String
    /// Height, width, channels.
    package let imageShape: [Int]
    /// In class order.
    package let classNames: [String]
    /// Images to learn from.
    package let trainingCount: Int
    /// Images held out of training, to choose by.
    package let validationCount: Int
    /// Images for the final score.
    package let testCount: Int
    /// Of each file that was read.
    package let checksums: [FileChecksum]

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
    package func hash(into hasher: inout Hasher) {
      hasher.combine(dataset)
      hasher.combine(trainingCount)
    }

    /// Images of `dataset`, by what they are used for.
    package init(
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
  package struct LayerRow: Encodable, Hashable, Sendable {
    /// The layer's name, unique in its network.
    package let name: String
    /// The layer's type: `conv2d`.
    package let type: String
    /// Height, width, channels; or one number, if flat.
    package let outputShape: [Int]
    /// Trainable numbers.
    package let parameters: Int
    /// Multiplications and additions for one image, forward.
    package let flops: Int

    enum CodingKeys: String, CodingKey {
      case name, type
      case outputShape = "output_shape"
      case parameters, flops
    }

    /// The row of layer `name`.
    package init(name: String, type: String, outputShape: [Int], parameters: Int, flops: Int) {
      self.name = name
      self.type = type
      self.outputShape = outputShape
      self.parameters = parameters
      self.flops = flops
    }
  }
}
