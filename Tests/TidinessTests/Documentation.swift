/// The check that what a target offers to others is explained.
///
/// Looked at: types, functions, subscripts, type aliases, properties and the requirements of protocols that are
/// `package`, `public` or `open`. Excepted, because a comment there would only say the name again:
/// - initialisers and enum cases;
/// - properties named in one word or two, which with the type are the comment: `cellCount: Int`;
/// - witnesses: what a protocol asks for is documented at the protocol. These are members of an extension that adds a
///   conformance, members named like a requirement of a protocol of ours that the type lists somewhere, and those of
///   `outside`.
struct Documentation {
    /// What well-known protocols ask for.
    private static let outside: [String: Set<String>] = [
        "AsyncParsableCommand": ["run", "validate", "configuration"],
        "Comparable": ["<"],
        "CustomStringConvertible": ["description"],
        "Encodable": ["encode"],
        "Equatable": ["=="],
        "Error": ["description"],
        "Hashable": ["hash", "=="],
        "LogHandler": ["log", "logLevel", "metadata", "metadataProvider", "subscript"],
        "OptionSet": ["rawValue"],
        "ParsableCommand": ["run", "validate", "configuration"],
        "RawRepresentable": ["rawValue"],
        "Sequence": ["makeIterator"],
        "IteratorProtocol": ["next"],
        "Service": ["run"],
    ]

    /// Names that a protocol of ours asks for, by the protocol's name.
    private let requirements: [String: Set<String>]
    /// What a type conforms to, in whatever file it says so, by the type's name.
    private let conformances: [String: Set<String>]
    private let files: [(file: SwiftFile, declarations: [Declaration])]

    init(_ files: [SwiftFile]) {
        self.files = files.map { ($0, Declaration.all(in: $0.text)) }
        var requirements = Self.outside
        for declaration in self.files.flatMap(\.declarations) where declaration.isRequirement {
            requirements[declaration.scopes.last?.name ?? "", default: []].insert(declaration.name)
        }
        self.requirements = requirements
        conformances = self.files.flatMap(\.declarations).reduce(into: [:]) { known, declaration in
            known[declaration.name, default: []].formUnion(declaration.conformances)
        }
    }

    /// Shared declarations without a documentation comment.
    func offences() -> [Offence] {
        files.flatMap { file, declarations in
            let lines = file.file.lines
            return declarations.compactMap { declaration -> Offence? in
                guard declaration.isShared, !isExcepted(declaration) else { return nil }
                let above = declaration.line >= 2 ? lines[declaration.line - 2].drop(while: { $0 == " " }) : ""
                guard !above.hasPrefix("///") else { return nil }
                return Offence(
                    path: file.path, line: declaration.line,
                    message: "\(declaration.keyword) \(declaration.name) has no documentation comment")
            }
        }
    }

    private func isExcepted(_ declaration: Declaration) -> Bool {
        if declaration.keyword == "extension" { return true }
        if declaration.isRequirement { return false }
        if ["var", "let"].contains(declaration.keyword), declaration.name.count(where: \.isUppercase) < 2 {
            return true
        }
        guard let scope = declaration.scopes.last else { return false }
        if scope.keyword == "extension", !scope.conformances.isEmpty, declaration.keyword != "struct" { return true }
        return conformances[scope.name, default: []].contains {
            requirements[$0]?.contains(declaration.name) == true
        }
    }
}
