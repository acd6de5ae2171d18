import Synchronization

/// Which transactions were made, by whatever thread.
final class Made: Sendable {
    private let numbers = Mutex<[Int]>([])

    /// In ascending order.
    var all: [Int] { numbers.withLock { $0.sorted() } }

    /// Notes one.
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}
