import Annals
import Inbox

/// The files in hand, in the order of their arrival: each is examined whenever a reader has time, and comes out in its
/// turn.
///
/// A state machine without I/O. What isn't examined yet keeps those behind it, so commits follow arrival; but where that
/// lets nothing come out for ``patienceNs``, it is passed by, and when it comes up at last it says when the first was
/// recorded that overtook it. How much may be in hand is bounded; what is passed by takes no room but its place.
struct IntakeLine<Outcome> {
    /// Tells a file in the line, and the examination of it that counts: the answer to an older one is dropped.
    struct Ticket: Hashable, Sendable {
        fileprivate var place: Int
        fileprivate var attempt: Int
    }

    /// A file whose turn has come.
    struct Turn {
        let ticket: Ticket
        let arrival: Arrival
        let outcome: Outcome
        /// When the first file was recorded that came after it and didn't wait for it; nil where none was.
        let overtaken: Instant?
        /// It was given out before, and could not be recorded.
        let isTriedAgain: Bool
    }

    /// An outcome where it stands: it holds all that was read of a file, and places are looked at again and again.
    private final class Held {
        let outcome: Outcome

        init(_ outcome: Outcome) { self.outcome = outcome }
    }

    private struct Place {
        let number: Int
        let arrival: Arrival
        /// When it was taken in hand, of the monotonic clock.
        let sinceNs: UInt64
        var attempt = 0
        var held: Held?
        /// It was given out to be recorded, and nobody knows yet whether it is.
        var isOut = false
        var wasOut = false
        /// The others wait for it no longer.
        var isPassedBy = false
        var overtaken: Instant?
    }

    /// Most files in hand at once, where there are descriptors enough.
    static var mostFiles: Int { 64 }
    /// Most bytes of files in hand at once; a file that is larger alone is in hand alone.
    static var mostBytes: Int64 { 64 << 20 }
    /// How long the others wait for a file that is being examined.
    static var patienceNs: UInt64 { 3_000_000_000 }

    /// Most files in hand at once.
    private let mostFiles: Int
    /// By their numbers.
    private var places: [Place] = []
    private var lastNumber = 0
    /// When a file last came out, and when that was last asked for; of the monotonic clock.
    private var progressNs: UInt64 = 0
    private var askedNs: UInt64 = 0

    /// - Parameter mostFiles: How many may be in hand at once, up to ``mostFiles``.
    init(mostFiles: Int = Self.mostFiles) { self.mostFiles = min(max(1, mostFiles), Self.mostFiles) }

    var isEmpty: Bool { places.isEmpty }

    /// How many more files may be taken in hand now.
    var room: Int {
        let byteCount = places.reduce(0) { $0 + ($1.isPassedBy ? 0 : $1.arrival.size) }
        return byteCount < Self.mostBytes ? max(0, mostFiles - places.count) : 0
    }

    /// Adds a file at the end.
    mutating func add(_ arrival: Arrival, nowNs: UInt64) -> Ticket {
        lastNumber += 1
        places.append(Place(number: lastNumber, arrival: arrival, sinceNs: nowNs))
        return Ticket(place: lastNumber, attempt: 0)
    }

    /// Takes the outcome of an examination; false where the file isn't in the line any more or is examined anew.
    @discardableResult
    mutating func settle(_ ticket: Ticket, _ outcome: Outcome) -> Bool {
        guard let index = index(of: ticket) else { return false }
        places[index].held = Held(outcome)
        return true
    }

    /// The first file that is examined and waits for none before it; it stays in the line until ``remove(_:)``.
    mutating func next(nowNs: UInt64) -> Turn? {
        askedNs = nowNs
        for index in places.indices where !places[index].isOut {
            if let outcome = places[index].held?.outcome {
                let place = places[index]
                return Turn(
                    ticket: Ticket(place: place.number, attempt: place.attempt), arrival: place.arrival,
                    outcome: outcome, overtaken: place.overtaken, isTriedAgain: place.wasOut)
            }
            if !places[index].isPassedBy {
                guard nowNs >= max(places[index].sinceNs, progressNs) + Self.patienceNs else { return nil }
                places[index].isPassedBy = true
            }
        }
        return nil
    }

    /// A file is being recorded: those behind it come next.
    ///
    /// It keeps its place until ``remove(_:)`` or ``takeBack(_:)``.
    mutating func giveOut(_ ticket: Ticket) {
        guard let index = index(of: ticket) else { return }
        (places[index].isOut, places[index].wasOut) = (true, true)
        progressNs = askedNs
    }

    /// A file could not be recorded, for want of what all need: it is tried again, with the outcome that it has.
    mutating func takeBack(_ ticket: Ticket) {
        guard let index = index(of: ticket) else { return }
        places[index].isOut = false
    }

    /// A file is done with.
    mutating func remove(_ ticket: Ticket) {
        guard let index = index(of: ticket) else { return }
        places.remove(at: index)
        progressNs = askedNs
    }

    /// A file that was in the line was recorded: those before it that are still there were overtaken.
    mutating func noteRecorded(_ ticket: Ticket, at instant: Instant) {
        for index in places.indices where places[index].number < ticket.place && places[index].overtaken == nil {
            places[index].overtaken = instant
        }
    }

    /// Has a file examined once more; nil where it isn't in the line.
    mutating func examineAgain(_ ticket: Ticket) -> Ticket? {
        guard let index = index(of: ticket) else { return nil }
        places[index].held = nil
        places[index].attempt += 1
        progressNs = askedNs
        return Ticket(place: ticket.place, attempt: places[index].attempt)
    }

    /// Lets go of all files, for whoever puts them back.
    mutating func removeAll() -> [Arrival] {
        defer { places = [] }
        return places.map(\.arrival)
    }

    private func index(of ticket: Ticket) -> Int? {
        places.firstIndex { $0.number == ticket.place && $0.attempt == ticket.attempt }
    }
}
