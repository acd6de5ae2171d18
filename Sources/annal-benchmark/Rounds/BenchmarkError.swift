import Glibc

/// Why there are no figures: a benchmark in which something failed has none.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    /// A sentence for who runs it.
    init(_ description: String) { self.description = description }

    /// A call of the operating system that failed just now, with its reason.
    init(call: String) { self.init("\(call): \(String(cString: strerror(errno)))") }
}
