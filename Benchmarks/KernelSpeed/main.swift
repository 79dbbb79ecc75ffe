import CKernels
import COneDNN
import Glibc

// A gate for the speed of convolutions by kernels of our own, so that a compiler that spoils one is seen: whole passes of a
// lane, transforms included, against the library's product of large matrices, by turns on one thread. Exits with 1 if
// one lies below its floor. Usage: KernelSpeed [ROUNDS]

/// Seconds that this thread has computed: those in which others had its core do not count.
func secondsComputed() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least of `count` calls.
func leastSeconds(of count: Int, _ work: () -> Void) -> Double {
  (0..<count).map { _ in
    let start = secondsComputed()
    work()
    return secondsComputed() - start
  }.min() ?? .infinity
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

/// The speed of each pass as a share of the product's, and that in floating-point operations a second: medians.
func measure(_ convolution: Convolution, rounds: Int) -> (shares: [Pass: Double], limit: Double) {
  let lane = ConvolutionLane(convolution)
  var product = MatrixProduct()
  var limits: [Double] = []
  var shares: [Pass: [Double]] = [:]
  for _ in 0..<rounds {
    let limit = product.operations / leastSeconds(of: 5) { product.run() }
    limits.append(limit)
    for pass in Pass.allCases {
      let speed = convolution.operations(of: pass) / leastSeconds(of: 15) { lane.run(pass) }
      shares[pass, default: []].append(speed / limit)
    }
  }
  return (shares.mapValues(median), median(limits))
}

let arguments = CommandLine.arguments.dropFirst()
guard let rounds = arguments.isEmpty ? 9 : arguments.first.flatMap({ Int($0) }), rounds > 0,
  arguments.count <= 1
else { fatalError("usage: KernelSpeed [ROUNDS]") }
exp_use_one_thread()
exp_flush_denormals()
let instructions = exp_vector_instructions()
let name = instructions == EXP_AVX512 ? "AVX-512" : instructions == EXP_AVX2 ? "AVX2" : "baseline"
print("\(name), \(String(cString: exp_compiler()))")
var slow = 0
for convolution in Convolution.measured {
  let (shares, limit) = measure(convolution, rounds: rounds)
  let parts = Pass.allCases.map { pass in
    let share = shares[pass] ?? 0
    let floor = convolution.floor(of: pass)
    // Without AVX2 nobody trains.
    guard share < floor && instructions != EXP_BASELINE else {
      return "\(pass.rawValue) \(percent(share))"
    }
    slow += 1
    return "\(pass.rawValue) \(percent(share)) (too slow: below \(percent(floor)))"
  }
  print("\(convolution.name): \(parts.joined(separator: ", ")) of \(Int(limit / 1e9)) GFLOP/s")
}
exit(slow > 0 ? 1 : 0)
