import Foundation
import Launching
import Testing

@Suite struct SlurmCommandsTests {
  /// What comes of submitting where these programs are Slurm's.
  private func submit(
    _ programs: Programs, timeLimit: Duration = .seconds(20)
  ) throws -> SlurmJob {
    try SlurmCommands(
      timeLimit: timeLimit, pauses: [.zero, .milliseconds(300)], folder: programs.path
    ).submit("job.sh", named: "exp-test")
  }

  @Test(arguments: [("7", nil), ("7;green", "green")])
  func `the job is what sbatch says`(answer: String, cluster: String?) throws {
    let programs = try Programs(["sbatch": "echo '\(answer)'; echo \"$@\" > $here/arguments"])
    let job = try submit(programs)
    #expect(job.number == 7 && job.cluster == cluster)
    #expect(programs.text("arguments") == "--parsable job.sh\n")
  }

  @Test func `variables that change what sbatch does are not passed on`() throws {
    setenv("SBATCH_TIMELIMIT", "1", 1)
    setenv("SLURM_CONF", "/etc/other.conf", 1)
    setenv("SLURM_JWT", "token", 1)
    defer {
      unsetenv("SBATCH_TIMELIMIT")
      unsetenv("SLURM_CONF")
      unsetenv("SLURM_JWT")
    }
    let programs = try Programs(["sbatch": "env > $here/variables; echo 7"])
    _ = try submit(programs)
    let variables = programs.text("variables")
    #expect(!variables.contains("SBATCH_"))
    #expect(variables.contains("SLURM_CONF=/etc/other.conf\n"))
    #expect(variables.contains("SLURM_JWT=token\n"), "without it a controller may answer nobody")
    #expect(variables.contains("PATH="))
  }

  @Test func `without sbatch it is said where it is`() throws {
    let error = try #require(throws: SlurmError.self) { try submit(Programs([:])) }
    #expect("\(error)".contains("hint: give the command on a machine of the cluster"))
    #expect(error.exitStatus.rawValue == 66)
  }

  @Test func `a refusal is quoted without what steers a terminal`() throws {
    let programs = try Programs([
      "sbatch": #"printf 'sbatch: error: \033[31minvalid partition\n' >&2; exit 1"#,
      "squeue": "exit 0",
    ])
    #expect(throws: SlurmError.refused("sbatch: error: �[31minvalid partition")) {
      try submit(programs)
    }
  }

  @Test func `a job that sbatch does not tell of in time is found by its name`() throws {
    let programs = try Programs([
      "sbatch": "echo x >> $here/calls; exec sleep 60",
      // Late, as the controller may be.
      "squeue": "echo \"$@\" >> $here/asked; [ -f $here/late ] && echo '8|'; touch $here/late",
    ])
    #expect(try submit(programs, timeLimit: .milliseconds(500)).number == 8)
    #expect(programs.text("calls") == "x\n", "nothing is submitted twice")
    #expect(programs.text("asked").contains("-n exp-test"))
  }

  @Test func `a job that was accepted although sbatch failed is found by its name`() throws {
    let programs = try Programs([
      "sbatch": "echo 'Socket timed out on send/recv operation' >&2; exit 1",
      "squeue": "echo '8|'; echo '8|'",
    ])
    #expect(try submit(programs).number == 8)
  }

  /// The controller is slow, and accepts it later.
  @Test(arguments: [
    "Socket timed out on send/recv operation", "Zero Bytes were transmitted or received",
  ])
  func `a job whose acceptance did not arrive is not refused`(message: String) throws {
    let error = "sbatch: error: Batch job submission failed: \(message)"
    let programs = try Programs([
      "sbatch": "echo '\(error)' >&2; exit 1",
      "squeue": "[ -f $here/late ] && echo '8|'; touch $here/late",
    ])
    #expect(try submit(programs).number == 8)
    try programs.add("squeue", "exit 0")
    #expect(throws: SlurmError.unknown("exp-test", error)) { try submit(programs) }
  }

  @Test(arguments: ["", "7 8", "Submitted batch job 7", "7\n8", "-7", "\u{1B}[2J"])
  func `what is no answer of sbatch is none`(answer: String) throws {
    let programs = try Programs([
      "sbatch": "cat $here/answer", "squeue": "echo '8|'",
    ])
    try programs.write(answer, to: "answer")
    #expect(try submit(programs).number == 8)
  }

  @Test func `of two jobs of a name one is left`() throws {
    let programs = try Programs([
      "sbatch": "echo 9; echo 8", "squeue": "printf '9|\\n8|\\n9|\\n'",
      "scancel": "echo \"$@\" >> $here/cancelled",
    ])
    #expect(try submit(programs).number == 8)
    #expect(programs.text("cancelled") == "--name=exp-test 9\n")
  }

  @Test func `where neither answers it is unknown, and not tried again`() throws {
    let programs = try Programs([
      "sbatch": "echo x >> $here/calls; exec sleep 60",
      "squeue": "echo 'Unable to contact slurm controller' >&2; exit 1",
    ])
    #expect(
      throws: SlurmError.unknown("exp-test", "Unable to contact slurm controller")
    ) { try submit(programs, timeLimit: .milliseconds(500)) }
    #expect(programs.text("calls") == "x\n")
  }

  @Test func `without a controller nothing was submitted`() throws {
    let message = "Unable to contact slurm controller (connect failure)"
    let programs = try Programs([
      "sbatch": "echo '\(message)' >&2; exit 1", "squeue": "exit 1",
    ])
    #expect(throws: SlurmError.refused(message)) { try submit(programs) }
  }

  @Test func `a lost job is reported as unknown, not as refused`() throws {
    let programs = try Programs(["sbatch": "exec sleep 60", "squeue": "exit 0"])
    let error = try #require(throws: SlurmError.self) {
      try submit(programs, timeLimit: .milliseconds(300))
    }
    #expect(error == .unknown("exp-test", "sbatch did not say so"))
  }
}
