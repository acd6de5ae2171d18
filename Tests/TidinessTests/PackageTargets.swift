/// The targets of Package.swift, read as text: their names and what they depend on.
struct PackageTargets {
    struct Target {
        var name: String
        /// Own targets and modules of packages.
        var dependencies: [String]
        /// Counts from 1.
        var line: Int
    }

    let path: String
    private(set) var targets: [Target] = []

    /// Understands the calls `library("A", on: ["B", product])`, `program(…)`, `.target(name:)` and
    /// `.systemLibrary(name:)`; products are the constants whose value names one.
    init(_ file: TextFile) throws {
        path = file.path
        var products: [String: String] = [:]
        for match in file.text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            products[String(match.1)] = String(match.2)
        }
        let call = /(?:library|program|\.target|\.systemLibrary)\(\s*(?:name: )?"([\w-]+)"/
        for match in file.text.matches(of: call) {
            let line = file.text[..<match.range.lowerBound].count { $0 == "\n" } + 1
            let rest = file.text[match.range.upperBound...]
            let names = rest.prefixMatch(of: /,\s*on: \[([^\]]*)\]/)?.1 ?? ""
            let dependencies = names.split { $0 == "," || $0.isWhitespace }.map { name in
                name.hasPrefix("\"") ? String(name.dropFirst().dropLast()) : products[String(name)] ?? String(name)
            }
            targets.append(Target(name: String(match.1), dependencies: dependencies, line: line))
        }
    }

    /// Modules that the table may name and that no package brings.
    static let toolchain: Set = ["Foundation", "FoundationEssentials"]

    /// Targets whose dependencies are not what the table of imports says.
    func offences(table: ImportTable) -> [Offence] {
        var found: [Offence] = []
        for target in targets {
            guard let row = table.row(target.name) else {
                found.append(
                    Offence(path: path, line: target.line, message: "\(target.name) is not in \(table.path)"))
                continue
            }
            let expected = Set(row.own + row.outside).subtracting(Self.toolchain)
            let stated = Set(target.dependencies)
            for name in stated.subtracting(expected).sorted() {
                found.append(
                    Offence(
                        path: path, line: target.line,
                        message: "\(target.name) depends on \(name), which \(table.path):\(row.line) does not say"))
            }
            for name in expected.subtracting(stated).sorted() {
                found.append(
                    Offence(
                        path: path, line: target.line,
                        message: "\(target.name) does not depend on \(name), as \(table.path):\(row.line) says"))
            }
        }
        let known = Set(targets.map(\.name))
        found += table.rows.filter { !known.contains($0.target) }
            .map { Offence(path: table.path, line: $0.line, message: "\(path) has no target \($0.target)") }
        return found
    }
}
