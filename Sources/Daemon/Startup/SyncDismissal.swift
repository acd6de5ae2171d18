import ServiceLifecycle

/// Tells those who wait for the inbox that the daemon stops, before anything is waited for: an answer that waits for a
/// file that somebody writes would keep the control server from ending.
struct SyncDismissal: Service {
    let mailbox: Mailbox

    func run() async throws {
        try await gracefulShutdown()
        mailbox.dismiss()
    }
}
