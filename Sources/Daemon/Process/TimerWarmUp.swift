/// Has libdispatch open what its timers need.
///
/// It opens an epoll instance, and a timer for each clock, when the first is wanted; where no descriptor is left then,
/// it ends the process (`DISPATCH_INTERNAL_CRASH`) or never wakes who sleeps. Once open they stay so.
enum TimerWarmUp {
    static func run() async throws {
        // Long enough that neither is over before its timer is set.
        try await Task.sleep(for: .milliseconds(1), clock: .continuous)
        try await Task.sleep(for: .milliseconds(1), clock: .suspending)
    }
}
