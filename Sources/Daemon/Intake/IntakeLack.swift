import Annals
import TableCoding

/// The files that found no room in the log, while those behind them are tried: what fits doesn't wait for what doesn't, but
/// for what came before it in its own dataset.
struct IntakeLack {
    private(set) var tickets: [IntakeLine<Examination.Outcome>.Ticket] = []
    private var datasets: Set<DatasetID> = []

    var isEmpty: Bool { tickets.isEmpty }

    /// Takes note of one that waits.
    mutating func note(_ ticket: IntakeLine<Examination.Outcome>.Ticket, _ examined: Examined) {
        tickets.append(ticket)
        if let dataset = examined.tables?.facts.dataset { datasets.insert(dataset) }
    }

    /// Whether a file has to wait for one of them.
    func holds(up examined: Examined) -> Bool { examined.tables.map { datasets.contains($0.facts.dataset) } ?? false }
}
