import Files

extension Manifest {
  /// The cause and the point of a run's early end.
  package struct Failure: Codable, Hashable, Sendable {
    /// The error in words.
    package let message: String
    /// The epoch, from 1.
    package let epoch: Int?
    /// The batch within the epoch, from 1.
    package let step: Int?

    enum CodingKeys: String, CodingKey { case message, epoch, step }

    /// A failure with `message`, at `step` of `epoch` if it was during training.
    package init(message: String, epoch: Int? = nil, step: Int? = nil) {
      self.message = message
      self.epoch = epoch
      self.step = step
    }
  }

  /// A process that resumed a run.
  package struct Resumption: Codable, Hashable, Sendable {
    /// The time at which it began.
    package let started: Timestamp
    /// The program's arguments, its own name first.
    package let command: [String]
    /// The computer's name; nil in older records, which do not have it.
    package let host: String?
    /// The process.
    package let pid: Int32
    /// Threads that train.
    package let threads: Int
    /// The kind of processor; nil if it is that on which the run was before.
    package let processor: Processor?
    /// The scheduler's job that the process belongs to; nil if there is none.
    package let job: String?
    /// The name of the folder in which the run was before, beside this one, if its process might still have come back.
    package let continued: String?
    /// Epochs that were done already.
    package let epoch: Int
    /// Steps that were done already in the epoch after these.
    package let step: Int

    /// The position from which it resumed, in words.
    package var place: String {
      if step == 0, epoch == 0 { return "from the beginning" }
      return step == 0 ? "after epoch \(epoch)" : "in epoch \(epoch + 1), after step \(step)"
    }

    enum CodingKeys: String, CodingKey {
      case started, command, host, pid, threads, processor, job, continued, epoch, step
    }

    /// A process that resumed after `step` steps of the epoch that follows `epoch`.
    package init(
      started: Timestamp = .now, command: [String], host: String?, pid: Int32, threads: Int,
      processor: Processor? = nil, job: String? = nil, continued: String? = nil, epoch: Int,
      step: Int
    ) {
      self.started = started
      self.command = command
      self.host = host
      self.pid = pid
      self.threads = threads
      self.processor = processor
      self.job = job
      self.continued = continued
      self.epoch = epoch
      self.step = step
    }
  }

  /// The origin of a layer's parameters before training.
  package enum WeightsOrigin: String, Codable, Hashable, Sendable {
    /// The file that the spec names.
    case file
    /// Drawn for the seed.
    case new
  }

  /// One layer, as `exp check` shows it.
  package struct LayerRow: Codable, Hashable, Sendable {
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
    /// The origin of its parameters, if the spec names a file of weights and it has any.
    package let weights: WeightsOrigin?

    enum CodingKeys: String, CodingKey {
      case name, type
      case outputShape = "output_shape"
      case parameters, flops, weights
    }

    /// The row of layer `name`.
    package init(
      name: String, type: String, outputShape: [Int], parameters: Int, flops: Int,
      weights: WeightsOrigin? = nil
    ) {
      self.name = name
      self.type = type
      self.outputShape = outputShape
      self.parameters = parameters
      self.flops = flops
      self.weights = weights
    }
  }
}
