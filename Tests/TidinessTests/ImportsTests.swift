import Testing

/// That each check on the import graph finds what is wrong, on small made-up repositories.
@Suite struct ImportsTests {
    private func table(_ rows: String...) -> ImportTable {
        let text = ["# Title", ImportTable.heading, "| target | is | own | outside |", "|---|---|---|---|"] + rows
        return ImportTable(TextFile(path: "A.md", text: text.joined(separator: "\n") + "\n## Next\n| `Z` | | | |"))
    }

    private func imports(_ table: ImportTable, _ target: String, _ text: String) -> Imports {
        Imports(table: table, files: [SwiftFile(path: "Sources/\(target)/F.swift", text: text)])
    }

    @Test func tableReadsTargetsAndModules() {
        let table = table("| `A` | words, not `B` | | |", "| `B` | x | `A` | `Crypto`, `Yams` |")
        #expect(table.rows.map(\.target) == ["A", "B"])
        #expect(table.row("A")?.own == [])
        #expect(table.row("B")?.own == ["A"])
        #expect(table.row("B")?.outside == ["Crypto", "Yams"])
        #expect(table.offences() == [])
    }

    @Test func circleCannotBeWritten() {
        let offences = table("| `A` | | `B` | |", "| `B` | | `A` | |").offences()
        #expect(offences.map(\.description) == ["A.md:5: A imports B, which is not above it"])
    }

    @Test func missingTableIsAnOffence() {
        #expect(ImportTable(TextFile(path: "A.md", text: "# Nothing\n")).offences().count == 1)
    }

    @Test(arguments: [
        "import B", "package import B", "@testable import B", "import struct B.Thing", "  internal import B // why",
    ])
    func forbiddenImportIsFound(line: String) {
        let offences = imports(table("| `A` | | | |", "| `B` | | | |"), "A", "import Glibc\n\(line)\n").offences()
        #expect(offences.map(\.description) == ["Sources/A/F.swift:2: A may not import B (A.md:5)"])
    }

    @Test func importInStringOrCommentIsNone() {
        let text = "// import B\nlet text = \"\"\"\n    import B\n    \"\"\"\nlet important = 1\n"
        #expect(imports(table("| `A` | | | |"), "A", text).offences() == [])
    }

    @Test func unusedEntryIsFound() {
        let offences = imports(table("| `A` | | | `Yams` |"), "A", "let a = 1").offences()
        #expect(offences.map(\.message) == ["A never imports Yams"])
    }

    @Test(arguments: ["Foundation", "NIOCore", "_NIOFileSystem", "Logging"])
    func heavyImportOfTheCoreIsFound(module: String) {
        let table = table("| `Annals` | | | `\(module)` |")
        #expect(imports(table, "Annals", "import \(module)").coreOffences().count == 1)
        #expect(imports(table, "Daemon", "import \(module)").coreOffences() == [])
    }

    @Test func foldersAndRowsMustAgree() {
        let imports = imports(table("| `A` | | | |", "| `B` | | | |"), "A", "")
        #expect(imports.folderOffences(["A", "C"]).map(\.path) == ["Sources/C", "A.md"])
    }

    @Test func packageThatSaysMoreOrLessIsFound() throws {
        let package = try PackageTargets(
            TextFile(
                path: "Package.swift",
                text: """
                    let yams = Target.Dependency.product(name: "Yams", package: "Yams")
                    library("A", on: []),
                    library(
                        "B",
                        on: [
                            "A", yams,
                        ],
                        resources: [.copy("x")]),
                    .target(name: "C"),
                    """))
        #expect(package.targets.map(\.name) == ["A", "B", "C"])
        #expect(package.targets.map(\.dependencies) == [[], ["A", "Yams"], []])
        let right = table("| `A` | | | |", "| `B` | | `A` | `Yams`, `Foundation` |", "| `C` | | | |")
        #expect(package.offences(table: right) == [])
        let wrong = table("| `A` | | | |", "| `D` | | | |", "| `B` | | `D` | `Yams` |")
        #expect(
            package.offences(table: wrong).map(\.description) == [
                "Package.swift:3: B depends on A, which A.md:7 does not say",
                "Package.swift:3: B does not depend on D, as A.md:7 says",
                "Package.swift:9: C is not in A.md",
                "A.md:6: Package.swift has no target D",
            ])
    }
}
