import Annals

/// What a concordance tells of each code's life: when it begins, goes on and ends.
///
/// A concordance lists changes and no codes; a code that it never mentions is valid always. Before its first link a code
/// was valid if that link takes something from it; if the link only brings something, nobody can tell: the code may be
/// new or have grown. What can't be told is left to the tables.
struct CodeValidity {
    enum State {
        /// Also of every code that the concordance doesn't mention.
        case valid
        case ended
        /// Parts of it left, and nothing says that the rest went on.
        case perhapsEnded
        /// Something is yet to come into it, for the first time.
        case notYet
    }

    /// What happens to one code on one day.
    struct Event {
        let day: CalendarDay
        var hasInflow = false
        /// All of it goes, whole or divided.
        var hasMainOutflow = false
        var hasPartOutflow = false
        /// A link to itself.
        var saysItGoesOn = false
    }

    /// In the order of days.
    private var eventsByCode: [String: [Event]] = [:]

    init(_ links: [Concordance.Link]) {
        for link in links {
            if link.isToItself {
                note(link.from, on: link.validFrom) { $0.saysItGoesOn = true }
                continue
            }
            note(link.to, on: link.validFrom) { $0.hasInflow = true }
            note(link.from, on: link.validFrom) { event in
                if link.scope == .part { event.hasPartOutflow = true } else { event.hasMainOutflow = true }
            }
        }
    }

    private mutating func note(_ code: String, on day: CalendarDay, _ what: (inout Event) -> Void) {
        var events = eventsByCode[code, default: []]
        if events.last?.day != day { events.append(Event(day: day)) }
        what(&events[events.count - 1])
        eventsByCode[code] = events
    }

    /// Every code that is mentioned.
    var codes: some Collection<String> { eventsByCode.keys }

    /// Whether a link mentions a code.
    func names(_ code: String) -> Bool { eventsByCode[code] != nil }

    func events(of code: String) -> [Event] { eventsByCode[code] ?? [] }

    func state(of code: String, on day: CalendarDay) -> State {
        guard let events = eventsByCode[code], let first = events.first else { return .valid }
        guard let place = events.lastIndex(where: { $0.day <= day }) else {
            return first.hasMainOutflow || first.hasPartOutflow || first.saysItGoesOn ? .valid : .notYet
        }
        let event = events[place]
        if event.hasInflow || event.saysItGoesOn { return .valid }
        if event.hasMainOutflow { return .ended }
        return place < events.count - 1 ? .valid : .perhapsEnded
    }

    /// Whether a table of that day's codes should have a code: it is known, and surely valid.
    func expects(_ code: String, on day: CalendarDay) -> Bool {
        eventsByCode[code] != nil && state(of: code, on: day) == .valid
    }

    /// Whether a code of which parts leave on a day goes on under its name.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - day: The day on which they leave.
    ///   - isInLaterTable: Whether the table at the end of the question has it.
    /// - Returns: Also true where nothing leaves on that day.
    func goesOn(_ code: String, after day: CalendarDay, isInLaterTable: Bool) -> Bool {
        let events = events(of: code)
        guard let place = events.firstIndex(where: { $0.day == day }) else { return true }
        let event = events[place]
        if event.saysItGoesOn { return true }
        if event.hasMainOutflow { return false }
        return !event.hasPartOutflow || event.hasInflow || place < events.count - 1 || isInLaterTable
    }
}
