import ControlAPI
import Logging
import ServiceLifecycle

/// SIGHUP reads the configuration anew.
struct ReloadSignal: Service {
    /// Each is a SIGHUP.
    let hangups: AsyncStream<Void>
    let reloading: Reloading
    let logger: Logger

    func run() async throws {
        for await _ in hangups.cancelOnGracefulShutdown() {
            do throws(ControlProblem) {
                _ = try await reloading.reload()
            } catch {
                // Why the configuration is not right was logged where it was found.
                logger.debug("reload by signal ended without effect", metadata: ["cause": "\(error.detail)"])
            }
        }
    }
}
