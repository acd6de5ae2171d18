import ArgumentParser

/// How long clients of the socket wait for answers.
struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients", abstract: "Answers over the socket of a running daemon.",
        discussion: """
            Requests come at a steady rate, whether or not those before them are answered, and take turns on the \
            connections; a wait counts from the instant at which its request was due. Each target is asked a round, then \
            the next, and so on.
            """)

    @Argument(help: "The daemon's socket.")
    var socket: String

    @Argument(help: "What is asked, for example /v1/health/live.")
    var targets: [String]

    @Option(help: "Connections that are open all the time.")
    var connections = 64

    @Option(help: "Requests a second; 0 for as many as are answered, each connection asking again at once.")
    var rate = 5000

    @Option(help: "Seconds of a round; one before it isn't counted.")
    var seconds = 5

    @Option(help: "How many are counted.")
    var rounds = 5

    func validate() throws {
        guard connections > 0, rate >= 0, seconds > 0, rounds > 0, !targets.isEmpty else {
            throw ValidationError("connections, seconds, rounds and targets: one at least")
        }
    }

    func run() throws {
        var waits = targets.map { _ in [AnsweredRound]() }
        for round in 0...rounds {
            for (place, target) in targets.enumerated() {
                let load = try SocketLoad(path: socket, connections: connections, target: target)
                let answered = try load.run(requestsPerSecond: rate, seconds: round == 0 ? 1 : seconds)
                if round > 0 { waits[place].append(answered) }
            }
        }
        print(
            try JSONText.of(
                ClientsReport(
                    connections: connections, requestsPerSecond: rate, seconds: seconds, rounds: rounds,
                    results: zip(targets, waits).map(ClientsReport.Result.init))))
    }
}

/// What one round came to.
struct AnsweredRound {
    /// From when it was due to its last byte, in the order of the answers.
    var nanoseconds: [UInt64] = []
    /// Of the last answer, its heading included.
    var byteCount = 0
    var seconds = 0.0

    /// The wait that so many of all are within, in microseconds.
    func microseconds(within share: Double) -> Double {
        let sorted = nanoseconds.sorted()
        return Double(sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]) / 1000
    }
}

/// What `clients` prints.
struct ClientsReport: Encodable {
    let connections: Int
    let requestsPerSecond: Int
    let seconds: Int
    let rounds: Int
    let results: [Result]

    /// Of one target; spreads are over the rounds.
    struct Result: Encodable {
        let target: String
        let byteCount: Int
        let answersPerSecond: Spread
        let medianMicroseconds: Spread
        /// What 99 of 100 are within.
        let highMicroseconds: Spread
        let greatestMicroseconds: Spread

        init(_ target: String, _ rounds: [AnsweredRound]) {
            self.target = target
            byteCount = rounds.last?.byteCount ?? 0
            answersPerSecond = Spread(rounds.map { Double($0.nanoseconds.count) / $0.seconds })
            medianMicroseconds = Spread(rounds.map { $0.microseconds(within: 0.5) })
            highMicroseconds = Spread(rounds.map { $0.microseconds(within: 0.99) })
            greatestMicroseconds = Spread(rounds.map { $0.microseconds(within: 1) })
        }
    }
}
