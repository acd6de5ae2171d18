import Glibc
import Testing

@testable import Inbox

struct NumberedNamesTests {
    private let place: TemporaryInbox
    private let names = NumberedNames { number in Array((number == 1 ? "t" : "t-\(number)").utf8) }

    init() throws { place = try TemporaryInbox() }

    /// Makes as many files of the names as that, and counts how often a name is tried after them.
    private func tries(after count: Int) throws -> (tries: Int, name: String) {
        let state = try place.openState()
        for number in 1...max(1, count) where number <= count { _ = try state.create(names.name(number)) }
        var tries = 0
        let (movement, name) = try names.use(in: state) { (name) throws(InboxError) in
            tries += 1
            return try state.status(ofName: name) == nil ? .moved : .taken
        }
        #expect(movement == .moved)
        return (tries, String(decoding: name, as: UTF8.self))
    }

    @Test(arguments: [0, 1, 2, 3, 7, 100, 10_000])
    func theNextNameIsFoundHoweverManyThereAre(count: Int) throws {
        let (tries, name) = try tries(after: count)
        #expect(name == (count == 0 ? "t" : "t-\(count + 1)"))
        #expect(tries <= 2)
    }

    @Test func aNameThatIsAlwaysTakenIsGivenUp() throws {
        let state = try place.openState()
        #expect(throws: InboxError.namesExhausted(path: state.place(of: names.name(1)))) {
            _ = try names.use(in: state) { (_) throws(InboxError) in .taken }
        }
    }

    @Test func whatStandsThereIsFoundAcrossGaps() throws {
        let state = try place.openState()
        for number in [1, 5, 9] {
            try state.create(names.name(number)) { (file) throws(InboxError) in
                try file.write([UInt8](repeating: 1, count: number))
            }
        }
        for other in [".t-7", "t-7.csv", "t-07", "t-", "u-9", "t-99999999999999999999", "t-1"] {
            try state.create(Array(other.utf8)) { (file) throws(InboxError) in
                try file.write([UInt8](repeating: 1, count: 9))
            }
        }
        let standing = try names.standing(in: state) { $0.size >= 5 }
        #expect(standing.map { String(decoding: $0, as: UTF8.self) } == ["t-5", "t-9"])
    }
}
