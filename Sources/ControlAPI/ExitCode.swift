/// How `annalctl` ends; scripts branch on it, so a number never changes its meaning.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case done = 0
    /// The answer is no: damage found, an audit failed, a delta refused, a drop quarantined.
    case answerIsNo = 1
    case wrongUsage = 2
    /// Nobody answers at the socket.
    case noDaemon = 3
    /// No such dataset, year, version or id.
    case notFound = 4
    case notPermitted = 5
    /// The daemon can't now: it is starting, stopping or read-only.
    case unavailable = 6
    case timedOut = 7
}
