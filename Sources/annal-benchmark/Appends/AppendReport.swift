/// What `append` prints; times in nanoseconds.
struct AppendReport: Encodable {
    let machine: Machine
    let rounds: Int
    var contests: [Results] = []

    init(machine: Machine, rounds: Int) {
        self.machine = machine
        self.rounds = rounds
    }

    /// Of one workload.
    struct Results: Encodable {
        let title: String
        let writers: Int
        let transactions: Int
        let bytes: Int
        let contestants: [Contestant]

        init(_ contest: Contest, names: [String], figures: [String: [RoundFigures]]) {
            title = contest.title
            writers = contest.workload.writers
            transactions = contest.workload.count
            bytes = contest.workload.pieces * contest.workload.bytes
            let raw = figures["raw"]
            contestants = names.compactMap { name in
                figures[name].map { Contestant(name, of: $0, transactions: contest.workload.count, raw: raw) }
            }
        }
    }

    /// Of one contestant.
    struct Contestant: Encodable {
        let name: String
        /// A round's time over its transactions.
        let nanosecondsPerTransaction: Spread
        let medianLatency: Spread
        let highLatency: Spread
        /// To `raw` in the same round; nil where that didn't take part.
        let ratio: Spread?

        init(_ name: String, of rounds: [RoundFigures], transactions: Int, raw: [RoundFigures]?) {
            self.name = name
            nanosecondsPerTransaction = Spread(rounds.map { Double($0.elapsed) / Double(transactions) })
            medianLatency = Spread(rounds.map { Double($0.medianLatency) })
            highLatency = Spread(rounds.map { Double($0.highLatency) })
            ratio = raw.map { raw in Spread(zip(rounds, raw).map { Double($0.elapsed) / Double($1.elapsed) }) }
        }
    }
}
