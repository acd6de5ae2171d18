import Foundation

/// The library of `Shim/faults.c`, preloaded into a daemon of one workplace, and the orders that it takes.
struct FaultShim: Sendable {
    /// What it can be asked for; see the C file.
    enum Order: String, Sendable {
        case sync, write
    }

    private let library: String
    private let orders: String

    /// Compiles it into a workplace; nil, saying so, where there is no C compiler.
    static func made(in place: Workplace) async throws -> FaultShim? {
        let shim = FaultShim(library: place.root + "/faults.so", orders: place.root + "/orders")
        try Files.makeDirectory(shim.orders)
        let source = Repository.root + "/Tests/SystemTests/Shim/faults.c"
        // No compiler: the answer is no.
        let answer = try? await Answer.of(
            "cc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", shim.library, source, "-ldl"])
        guard answer?.code == 0 else {
            print("Skipped: the fault shim can't be compiled here: \(answer?.errors ?? "there is no cc")")
            return nil
        }
        return shim
    }

    /// For the environment of a daemon.
    var environment: [String: String] { ["LD_PRELOAD": library, "ANNAL_SHIM": orders] }

    /// The same as options of strace, which must not be preloaded itself.
    var straceOptions: [String] { environment.sorted { $0.key < $1.key }.flatMap { ["-E", "\($0.key)=\($0.value)"] } }

    /// Has the next such call on a segment fail, once.
    func fail(next order: Order) throws { try Files.write("", to: "\(orders)/fail-\(order.rawValue)") }

    /// Whether that has happened.
    func hasFailed(_ order: Order) -> Bool {
        FileManager.default.fileExists(atPath: "\(orders)/failed-\(order.rawValue)")
    }

    /// Sets the daemon's clock ahead of the system's.
    func setClock(aheadSeconds: Int) throws {
        // Replaced whole, so that no call reads half of it.
        try Files.write("\(aheadSeconds)\n", to: orders + "/clock.new")
        try Files.move(orders + "/clock.new", to: orders + "/clock")
    }
}
