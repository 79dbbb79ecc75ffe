import Diagnostics
import Testing

struct OtherNamesTests {
  @Test func aWordMayStandForSeveralThingsTheLikelierFirst() {
    let names: OtherNames = ["units": ["size", "neurons"], "kernel_size": ["kernel", "size"]]
    #expect(names["size"] == ["units", "kernel_size"])
    #expect(names["Kernel"] == ["kernel_size"])
    #expect(names["units"] == [])
    #expect(Suggestions.nearest(to: "size", among: ["kernel_size", "units"], names) == "units")
    #expect(Suggestions.nearest(to: "size", among: ["kernel_size"], names) == "kernel_size")
  }

  @Test func thoseThatAreAddedAreLessLikely() {
    let some: OtherNames = ["momentum": ["decay"]]
    let more: OtherNames = ["weight_decay": ["decay"], "momentum": ["decay"], "epsilon": ["eps"]]
    #expect(some.adding(more)["decay"] == ["momentum", "weight_decay"])
    #expect(some.adding(more)["E-P-S"] == ["epsilon"])
  }
}
