import Testing

/// That each check on single files finds what is wrong.
@Suite struct FileShapeTests {
    private func file(_ text: String, name: String = "F.swift") -> [TextFile] {
        [TextFile(path: "Sources/A/\(name)", text: text)]
    }

    private func swift(_ text: String) -> [SwiftFile] { file(text).map(SwiftFile.init) }

    @Test func longFileIsFound() {
        let line = "let a = 1\n"
        #expect(FileShape.lengthOffences(file(String(repeating: line, count: 400))) == [])
        #expect(FileShape.lengthOffences(file(String(repeating: line, count: 401))).map(\.line) == [401])
    }

    @Test(arguments: ["StringUtils", "Helpers", "DropManager", "Constants", "NewParser", "New", "Table+Helpers"])
    func emptyNameIsFound(name: String) {
        #expect(FileShape.nameOffences(file("", name: name + ".swift")).count == 1)
    }

    @Test(arguments: ["Newline", "Management", "Commons"])
    func likeNamesPass(name: String) { #expect(FileShape.nameOffences(file("", name: name + ".swift")) == []) }

    @Test func tabsAndTrailingSpacesAreFound() {
        let found = FileShape.whiteSpaceOffences(file("let a = 1\n\tlet b = 2\nlet c = 3 \n"))
        #expect(found.map(\.line) == [2, 3])
    }

    @Test(arguments: ["TODO", "FIXME", "XXX"])
    func remarkIsFound(word: String) {
        #expect(FileShape.remarkOffences(swift("let a = 1\n/* \n \(word): more */\n")).map(\.line) == [3])
        #expect(FileShape.remarkOffences(swift("let a = \"// \(word)\"\n// \(word)S\n")) == [])
    }

    @Test(arguments: ["try?", "try!"])
    func droppedErrorIsFound(word: String) {
        #expect(FileShape.tryOffences(swift("\nlet a = \(word) b()\n")).map(\.line) == [2])
        #expect(FileShape.tryOffences(swift("let s = \"\\(\(word) b())\"\n")).map(\.line) == [1])
        #expect(FileShape.tryOffences(swift("// Nobody listens.\nlet a = \(word) b()\n")) == [])
        #expect(FileShape.tryOffences(swift("let a = \(word) b()  // Nobody listens.\n")) == [])
        #expect(FileShape.tryOffences(swift("let s = \"\(word)\"\n")) == [])
    }

    @Test func differingKeysAreFound() {
        let configuration = TextFile(path: "annald.yaml", text: "# Prose about it: this.\na_b: 1\n# c: 2\nd: 3\n")
        let source = TextFile(
            path: "Keys.swift",
            text: "seconds(\"a_b\", 1...2)\nSettingKey(name: \"c\", allowed: \"x\")\npath(\"e\", x)\n")
        #expect(
            SettingNames.offences(.configuration(configuration), source: source).map(\.description) == [
                "Keys.swift:3: annald.yaml has no key e", "annald.yaml:4: Keys.swift has no key d",
            ])
    }

    @Test func settingMissingFromTheManualIsFound() {
        let manual = TextFile(path: "annald.8", text: ".It Cm a_b\nSeconds.\n.It Cm d\n.It Fl -c\n")
        let source = TextFile(path: "Keys.swift", text: "seconds(\"a_b\", 1...2)\nSettingKey(name: \"c\")\n")
        #expect(
            SettingNames.offences(.manual(manual), source: source).map(\.description) == [
                "Keys.swift:2: annald.8 has no key c", "annald.8:3: Keys.swift has no key d",
            ])
    }

    @Test func deadLinkIsFound() {
        let page = TextFile(
            path: "docs/formats/a.md", text: "[a](b.md) [b](../c.md#x)\n[c](https://example.org/) [d](#e) [f](g.md)\n")
        let offences = Links.offences([page], exists: ["docs/formats/b.md", "docs/c.md"].contains)
        #expect(offences.map(\.description) == ["docs/formats/a.md:2: links to docs/formats/g.md, which is not there"])
    }
}
