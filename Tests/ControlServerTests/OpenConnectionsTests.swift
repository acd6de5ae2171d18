import Logging
import Synchronization
import Testing

@testable import ControlServer

/// What is said of connections, and how often.
@Suite struct OpenConnectionsTests {
    /// Keeps what is said.
    private final class Said: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct Listener: LogHandler {
        let said: Said
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { said.lines.withLock { $0.append("\(event.message)") } }
    }

    private struct Shortage: Error {}

    @Test func aShortageIsSaidOnceWhenItBeginsAndOnceWhenItEnds() {
        let said = Said()
        let connections = OpenConnections(
            limits: ConnectionLimits(), logger: Logger(label: "test") { _ in Listener(said: said) })
        for _ in 0..<5 { connections.noteShortage(Shortage()) }
        connections.sweep(now: .now + .seconds(1))
        #expect(said.lines.withLock { $0.count } == 1)
        for _ in 0..<3 { connections.sweep(now: .now + .seconds(5)) }
        let lines = said.lines.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("LimitNOFILE") == true)
        #expect(lines.last == "connections can be taken again")
        connections.noteShortage(Shortage())
        #expect(said.lines.withLock { $0.count } == 3)
    }
}
