import Testing

@testable import Annals

@Suite struct EscapedNameTests {
    @Test(arguments: [
        ("in/tabell 07459.txt", "in/tabell 07459.txt"), ("Ærø 100%.csv", "Ærø 100%.csv"), ("100%25", "100%2525"),
        ("a\nb", "a%0Ab"), ("\u{1B}[31m", "%1B[31m"), ("a\u{7F}", "a%7F"), ("a\u{202E}b", "a%E2%80%AEb"),
        ("a\u{85}", "a%C2%85"), ("人口.csv", "人口.csv"), ("", ""), ("%", "%"), ("%4", "%4"),
    ])
    func `a name is safe to show`(name: String, text: String) {
        #expect(EscapedName.text(name.utf8) == text)
        #expect(EscapedName.raw(text) == Array(name.utf8))
    }

    @Test func `every raw name comes back`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let name = [0x25, first, second, 0x41]
                #expect(EscapedName.raw(EscapedName.text(name)) == name)
            }
        }
    }

    @Test func `bytes that are no UTF-8 are escaped`() {
        #expect(EscapedName.text([0x41, 0xE6, 0x42]) == "A%E6B")
        #expect(EscapedName.text([0xF0, 0x9F, 0x98]) == "%F0%9F%98")
        #expect(EscapedName.text([0xC3]) == "%C3")
        #expect(EscapedName.text([0xED, 0xA0, 0x80]) == "%ED%A0%80")
    }

    @Test func `names that differ have texts that differ`() {
        let names: [[UInt8]] = [
            [0x25, 0x30, 0x41], [0x0A], [0x25, 0x32, 0x35, 0x30, 0x41], [0x41, 0x0A], [0x25, 0x0A],
        ]
        #expect(Set(names.map { EscapedName.text($0) }).count == names.count)
    }
}
