import Testing

/// What holds for every file of the repository; each test lists all that offends.
@Suite struct TidinessTests {
    private let repository = Repository.own

    @Test func importsPointDownwardOnly() throws { expectNone(try table().offences()) }

    @Test func importsAreThoseOfTheTable() throws { expectNone(try imports().offences()) }

    @Test func coreIsFreeOfFoundationNIOAndLogging() throws { expectNone(try imports().coreOffences()) }

    @Test func targetsHaveRowsInTheArchitecture() throws {
        expectNone(try imports().folderOffences(try repository.folders(in: "Sources")))
    }

    @Test func packageAgreesWithTheTable() throws {
        expectNone(try PackageTargets(repository.file("Package.swift")).offences(table: try table()))
    }

    @Test func filesHoldOneConcept() throws {
        let files = try all().map(\.file)
        expectNone(FileShape.lengthOffences(files) + FileShape.nameOffences(files))
    }

    @Test func linesEndWhereTheyEnd() throws { expectNone(FileShape.whiteSpaceOffences(try all().map(\.file))) }

    @Test func nothingIsPutOff() throws { expectNone(FileShape.remarkOffences(try all())) }

    @Test func droppedErrorsAreExplained() throws { expectNone(FileShape.tryOffences(try all())) }

    @Test func sharedDeclarationsAreDocumented() throws {
        expectNone(Documentation(try sources()).offences())
    }

    @Test func settingsAreExplained() throws {
        let source = try repository.file("Sources/Daemon/Settings/SettingKey.swift")
        let configuration = try repository.file("Config/annald.yaml")
        let manual = try repository.file("docs/man/annald.8")
        expectNone(
            SettingNames.offences(.configuration(configuration), source: source)
                + SettingNames.offences(.manual(manual), source: source))
    }

    @Test func linksOfTheDocumentationLead() throws {
        let own = try ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map { try repository.file($0) }
        let pages = try own + repository.files(under: "docs", suffix: ".md")
        expectNone(Links.offences(pages, exists: repository.exists))
    }

    private func table() throws -> ImportTable { ImportTable(try repository.file("docs/ARCHITECTURE.md")) }

    private func sources() throws -> [SwiftFile] { try Repository.ownSwift.get().sources }

    private func all() throws -> [SwiftFile] {
        let files = try Repository.ownSwift.get()
        return files.sources + files.tests
    }

    private func imports() throws -> Imports {
        Imports(table: try table(), files: try sources())
    }

    private func expectNone(_ offences: [Offence], sourceLocation: SourceLocation = #_sourceLocation) {
        guard !offences.isEmpty else { return }
        let list = offences.map { "\n  \($0)" }.joined()
        Issue.record("\(offences.count) offences:\(list)", sourceLocation: sourceLocation)
    }
}
