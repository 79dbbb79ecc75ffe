import Diagnostics
import Launching
import Specs
import Testing

@Suite struct SlurmLauncherTests {
  /// What reading `yaml` comes to: the launcher, and the diagnostics as a user sees them.
  private func read(_ yaml: String) throws -> (launcher: SlurmLauncher?, text: String) {
    var diagnostics = Diagnostics()
    let node = YAML.parse(SourceFile(path: "slurm.yaml", text: yaml), &diagnostics)
    let launcher = node.flatMap { SlurmLauncher.decode($0, &diagnostics) }
    return (launcher, diagnostics.rendered())
  }

  @Test func `a launcher says in Slurm's words what workers get`() throws {
    let (launcher, text) = try read(
      """
      type: slurm
      workers: 12
      partition: compute
      time: 1-02:30
      cpus_per_task: 4
      mem: 8G
      array_parallelism: 6
      setup: ["module load onednn", "export A=${HOME}"]
      options: [--exclude n1, --gres=gpu:1, --export=ALL, --mem-per-cpu=1G]
      """)
    #expect(text == "")
    let read = try #require(launcher)
    #expect(read.workers == 12 && read.cpusPerTask == 4 && read.arrayParallelism == 6)
    #expect(read.time?.seconds == 95400)
    #expect(read.setup[1] == "export A=${HOME}", "what is the shell's is not an expression")
  }

  @Test(arguments: [
    ("workers: 0", "1:10: error: must be between 1 and 1000, got 0"),
    ("cpus: 4", "1:1: error: 'slurm' has no 'cpus'"),
    ("cpus: 4", "hint: did you mean 'cpus_per_task'?"),
    ("queue: long", "hint: did you mean 'partition'?"),
    ("type: pbs", "1:7: error: needs 'slurm', got 'pbs'"),
    ("time: soon", "1:7: error: needs a time as Slurm writes it, got 'soon'"),
    ("time: 0:30", "1:7: error: must be at least 1, which is a minute"),
    ("mem: 4 GB", "1:6: error: must be a size such as 4G or 500M, got '4 GB'"),
    ("partition: a b", "1:12: error: must be one word"),
    ("setup: echo", "1:8: error: needs a list"),
    ("options: [-p long]", "1:11: error: an option must be one line that begins with '--'"),
    ("options: [--array=0-3]", "1:11: error: '--array' is not for a launcher to set"),
    ("options: [--arr=0-100]", "'--arr' is not for a launcher to set"),
    (#"options: ["--array\t0-3"]"#, "an option must be one line that begins with '--'"),
    (#"options: ["--exclude=n1\r\ntouch x"]"#, "an option must be one line that begins with '--'"),
    ("options: [--exclude=n1 --array=0-3]", "'--array' is not for a launcher to set"),
    ("options: [--exclude n1 -a 0-3]", "'-a' is not for a launcher to set"),
    (#"options: ["--exclude=n1 '--array'=0-3"]"#, "'--array' is not for a launcher to set"),
    ("options: [--cpus-per-task=3]", "hint: write 'cpus_per_task: …'"),
    ("[]", "1:1: error: needs "),
  ])
  func `a mistake has its place and a way out`(yaml: String, message: String) throws {
    let (launcher, text) = try read(yaml + "\n")
    #expect(launcher == nil)
    #expect(text.contains(message), "\(text)")
  }

  @Test(arguments: [
    ("90", 5400), ("90:30", 5430), ("1:30:00", 5400), ("2-12", 216_000), ("2-12:30", 217_800),
    ("2-12:30:15", 217_815),
  ])
  func `times are read as sbatch reads them`(text: String, seconds: Int) {
    #expect(SlurmTime(text)?.seconds == seconds)
  }

  @Test(arguments: ["", "-", "1-", "1:", "1:2:3:4", "1-2-3", "-5", "1.5", "９", "99999999999"])
  func `what is no time is none`(text: String) {
    #expect(SlurmTime(text) == nil)
  }
}
