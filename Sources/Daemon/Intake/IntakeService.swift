import NIOPosix
import ServiceLifecycle

/// Runs the intake loop on a thread of its own until the daemon stops.
struct IntakeService: Service {
    let mailbox: Mailbox
    /// Makes the loop on its thread: nothing else ever touches it.
    let makeLoop: @Sendable () -> IntakeLoop

    func run() async throws {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                try await thread.runIfActive { makeLoop().run() }
            } onCancelOrGracefulShutdown: {
                mailbox.stop()
            }
        } catch {
            try await thread.shutdownGracefully()
            throw error
        }
        try await thread.shutdownGracefully()
    }
}
