import CLinux
import NIOPosix
import ServiceLifecycle

/// Gives memory back that was needed for a while.
///
/// Each thread that answers has a heap of its own, and the C library keeps what is freed there: after a crowd of clients
/// that asked for large tables the process would hold a multiple of what it uses.
struct MemoryReturn: Service {
    private static let interval = Duration.seconds(20)

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: Self.interval) } catch { return }
                // It goes through all heaps, which takes milliseconds.
                try await NIOThreadPool.singleton.runIfActive { annal_return_memory() }
            }
        }
    }
}
