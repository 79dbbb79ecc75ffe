import Diagnostics
import Specs

/// Slurm as it executes runs: a job array of equal workers, each of which takes what is missing.
package struct SlurmLauncher: Spec {
  package static let type = "slurm"
  package static let summary =
    "Hands runs to Slurm: a job array of workers, each of which goes on until no run is left."
  package static let source: String? = "sbatch of Slurm, whose words the fields are"

  @Field("The scheduler.", example: "slurm") package var type = Scheduler.slurm
  @Field(
    "Workers, which are the tasks of the job array; no more start than there are runs.",
    example: "8", .range(1...1000))
  package var workers = 4
  @Field("Partition to run in; by default the cluster's.", example: "compute", .word)
  package var partition: String?
  @Field(
    "Longest time of a worker, which then goes back into the queue; by default the partition's.",
    example: "2:00:00", .atLeastOneMinute)
  package var time: SlurmTime?
  @Field("Processors of a worker, each of which is a thread.", .range(1...256)) package
    var cpusPerTask = 1
  @Field("Memory of a worker.", example: "4G", .memory) package var mem: String?
  @Field("Most workers at a time.", .atLeast(1)) package var arrayParallelism: Int?
  @Field("Account to charge.", .word) package var account: String?
  @Field("Quality of service.", .word) package var qos: String?
  @Field("Features that nodes must have, such as 'skylake' or 'intel&gpu'.", .word)
  package var constraint: String?
  @Field("Lines of shell before a worker starts.", example: "[module load onednn]")
  package var setup: [String] = []
  @Field("Further options of sbatch.", example: "[--exclude=n1]") package var options: [String] = []

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "workers": ["array", "nodes", "ntasks", "jobs", "num_workers", "n_workers", "count"],
      "partition": ["queue"],
      "time": ["timeout", "timeout_min", "time_limit", "walltime", "minutes"],
      "cpus_per_task": ["cpus", "cores", "threads", "num_cpus"],
      "mem": ["memory", "mem_gb"],
      "array_parallelism": ["max_parallel", "throttle", "max_concurrent"],
      "setup": ["prologue", "modules", "pre_run", "commands", "job_script_prologue"],
      "options": ["additional_parameters", "extra", "sbatch", "directives", "job_extra"],
    ]
  }

  package func validate(_ diagnostics: inout Diagnostics) {
    for (number, option) in options.enumerated() {
      let place = $options.location(ofItem: number)
      guard option.hasPrefix("--"), !option.unicodeScalars.contains(where: \.endsDirective) else {
        diagnostics.error(
          .outOfRange, "an option must be one line that begins with '--', got \(option.quoted)",
          at: place, hint: "such as '--exclude=n1'")
        continue
      }
      // A line may have several, each of them in quotes or cut short.
      for word in option.filter({ !"\"'\\".contains($0) }).split(whereSeparator: \.isWhitespace)
      where word.hasPrefix("-") {
        let name = String(word.prefix { $0 != "=" })
        func isShort(for other: String) -> Bool {
          name == other || name.count > 2 && other.hasPrefix(name) && !Self.others.contains(name)
        }
        if !name.hasPrefix("--") || Self.own.contains(where: isShort) {
          diagnostics.error(
            .outOfRange, "'\(name)' is not for a launcher to set: a launch decides it", at: place)
        } else if let key = Self.keys.first(where: {
          isShort(for: "--" + $0.replacing("_", with: "-"))
        }) {
          diagnostics.error(
            .outOfRange, "'\(name)' has a key of its own", at: place, hint: "write '\(key): …'")
        }
      }
    }
  }

  /// Options that make a job array of workers, and find it again.
  private static let own = [
    "--array", "--job-name", "--output", "--error", "--open-mode", "--signal", "--requeue",
    "--no-requeue", "--chdir", "--wrap", "--parsable", "--wait", "--ntasks", "--nodes", "--input",
    "--export-file", "--test-only",
  ]
  private static let keys = [
    "partition", "time", "cpus_per_task", "mem", "account", "qos", "constraint",
  ]
  /// Options that begin another one's name.
  private static let others = ["--export"]
}

/// A program that decides where and when jobs run.
package enum Scheduler: String, CaseIterable, SpecValue, Codable, Sendable {
  case slurm
}

extension Check where Value == String? {
  /// Names of partitions, accounts and the like.
  fileprivate static var word: Self {
    Check("must be one word") { value in
      value.map { !$0.isEmpty && !$0.unicodeScalars.contains { $0.value <= 32 || $0.value == 127 } }
        ?? true
    }
  }

  fileprivate static var memory: Self {
    Check(
      "must be a size such as 4G or 500M", bounds: [("pattern", .string("^[0-9]+[KMGTkmgt]?$"))]
    ) { $0.map { $0.wholeMatch(of: /[0-9]+[KMGTkmgt]?/) != nil } ?? true }
  }
}

extension Check where Value == SlurmTime? {
  fileprivate static var atLeastOneMinute: Self {
    Check("must be at least 1, which is a minute") { $0.map { $0.seconds >= 60 } ?? true }
  }
}
