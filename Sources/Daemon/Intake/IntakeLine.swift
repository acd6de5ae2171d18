import Inbox

/// The files in hand, in the order of their arrival: each is examined whenever a reader has time, and comes out at the
/// front in its turn.
///
/// A state machine without I/O. What stands in front and isn't examined yet keeps the others behind it, so commits
/// follow arrival; how much may be in hand is bounded, so one slow file holds up that much and no more memory.
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
    }

    private struct Place {
        let arrival: Arrival
        var attempt = 0
        var outcome: Outcome?
    }

    /// Most files in hand at once.
    static var mostFiles: Int { 64 }
    /// Most bytes of files in hand at once; a file that is larger alone is in hand alone.
    static var mostBytes: Int64 { 64 << 20 }

    /// The first one is in front.
    private var places: [Place] = []
    /// Number of the place in front.
    private var first = 0
    private var byteCount: Int64 = 0

    var isEmpty: Bool { places.isEmpty }

    /// How many more files may be taken in hand now.
    var room: Int { byteCount < Self.mostBytes ? max(0, Self.mostFiles - places.count) : 0 }

    /// Adds a file at the end.
    mutating func add(_ arrival: Arrival) -> Ticket {
        places.append(Place(arrival: arrival))
        byteCount += arrival.size
        return Ticket(place: first + places.count - 1, attempt: 0)
    }

    /// Takes the outcome of an examination; false where the file isn't in the line any more or is examined anew.
    @discardableResult
    mutating func settle(_ ticket: Ticket, _ outcome: Outcome) -> Bool {
        let index = ticket.place - first
        guard places.indices.contains(index), places[index].attempt == ticket.attempt else { return false }
        places[index].outcome = outcome
        return true
    }

    /// The file in front, where it is examined; it stays there until ``removeFirst()``.
    var front: Turn? {
        guard let place = places.first, let outcome = place.outcome else { return nil }
        return Turn(ticket: Ticket(place: first, attempt: place.attempt), arrival: place.arrival, outcome: outcome)
    }

    /// The file in front is done with.
    mutating func removeFirst() {
        let place = places.removeFirst()
        first += 1
        byteCount -= place.arrival.size
    }

    /// Has the file in front examined once more.
    mutating func repeatFirst() -> Ticket {
        places[0].outcome = nil
        places[0].attempt += 1
        return Ticket(place: first, attempt: places[0].attempt)
    }

    /// Lets go of all files, for whoever puts them back.
    mutating func removeAll() -> [Arrival] {
        let arrivals = places.map(\.arrival)
        first += places.count
        places = []
        byteCount = 0
        return arrivals
    }
}
