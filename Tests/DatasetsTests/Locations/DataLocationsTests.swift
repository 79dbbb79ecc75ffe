import Datasets
import Testing

struct DataLocationsTests {
  private func locations(_ folder: String?, _ environment: [String: String]) -> [String] {
    DataLocations(dataDirectory: folder, environment: { environment[$0] }).folders
  }

  @Test func `the user's folder comes first, then EXP_DATA_DIR, then the cache`() {
    #expect(
      locations("mine", ["EXP_DATA_DIR": "/data", "XDG_CACHE_HOME": "/cache", "HOME": "/home/a"])
        == ["mine", "/data", "/cache/exp"])
  }

  @Test func `without XDG_CACHE_HOME, or if it is relative, the cache is in the home folder`() {
    #expect(locations(nil, ["HOME": "/home/a"]) == ["/home/a/.cache/exp"])
    #expect(
      locations(nil, ["HOME": "/home/a", "XDG_CACHE_HOME": "cache"]) == ["/home/a/.cache/exp"])
  }

  @Test func `an empty EXP_DATA_DIR counts as none`() {
    #expect(
      locations(nil, ["EXP_DATA_DIR": "", "HOME": "/home/a"]) == ["/home/a/.cache/exp"])
  }
}
