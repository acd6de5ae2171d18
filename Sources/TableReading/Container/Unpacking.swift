import Annals

/// Takes a container apart: its members in the order of their paths, those in containers within it among them.
///
/// Nothing is written anywhere, and no name in it is ever used as a path.
struct Unpacking {
    /// Nobody packs a dataset into more files.
    static let mostMembers = 2000
    /// `tables.tar.gz`, and a `tables.zip` of `2011.csv.gz`.
    private static let mostLayers = 2

    private let document: SourceDocument
    private var expansion: Expansion

    init(of document: SourceDocument, limits: ReadingLimits) {
        self.document = document
        expansion = Expansion(of: document.bytes.count, limits: limits)
    }

    /// - Throws: Where it is damaged, holds too much, or nothing.
    mutating func members(_ form: ContainerForm) throws(Reason) -> [ContainerMember] {
        let members = try members(document.bytes, form, name: document.name, layer: 1)
        guard !members.isEmpty else {
            throw Reason(
                "The container holds no file", found: form.rawValue, expected: "a table",
                remedy: "Pack the table itself")
        }
        return members.sorted { $0.path < $1.path }
    }

    private mutating func members(
        _ bytes: [UInt8], _ form: ContainerForm, name: String, layer: Int
    ) throws(Reason) -> [ContainerMember] {
        var members: [ContainerMember] = []
        for member in try unpacked(bytes, form, name: name) where !member.isOfSystem {
            guard let inner = ContainerForm(member.bytes) else {
                members.append(member)
                continue
            }
            guard layer < Self.mostLayers else {
                throw Reason(
                    "Containers stand in containers, more than \(Self.mostLayers) deep", found: member.path,
                    expected: "tables", remedy: "Unpack it, and drop the tables themselves")
            }
            members += try self.members(member.bytes, inner, name: member.name, layer: layer + 1)
        }
        guard members.count <= Self.mostMembers else { throw Self.tooMany() }
        return members
    }

    private mutating func unpacked(
        _ bytes: [UInt8], _ form: ContainerForm, name: String
    ) throws(Reason) -> [ContainerMember] {
        switch form {
        case .gzip:
            return [ContainerMember(unpacked: try GzipStream.expanded(bytes, &expansion), from: name, form)]
        case .xz, .bzip2, .zstd:
            let plain = try ArchiveStream.expanded(bytes, form, &expansion)
            return [ContainerMember(unpacked: plain, from: name, form)]
        case .tar:
            return try ArchiveStream.members(ofTar: bytes, &expansion).map {
                ContainerMember(path: $0.name, bytes: $0.bytes, in: document.name)
            }
        case .zip:
            return try zipMembers(bytes)
        }
    }

    private mutating func zipMembers(_ bytes: [UInt8]) throws(Reason) -> [ContainerMember] {
        let archive = try ZipArchive(bytes, mostExpanded: .max)
        var members: [ContainerMember] = []
        for name in archive.names {
            guard members.count < Self.mostMembers else { throw Self.tooMany() }
            var (plain, expansion): ([UInt8], Expansion) = ([], self.expansion)
            try archive.read(name) { (piece) throws(Reason) in
                try expansion.count(piece.count)
                plain.append(contentsOf: piece)
            }
            self.expansion = expansion
            members.append(ContainerMember(path: name, bytes: plain, in: document.name))
        }
        return members
    }

    static func tooMany() -> Reason {
        Reason(
            "The container holds more files than the limit", expected: "at most \(mostMembers)",
            remedy: "Pack the files of one dataset alone")
    }

    /// The refusal of a container that isn't whole.
    static func damaged(_ form: String, why: String? = nil) -> Reason {
        Reason(
            "The container (\(form)) is damaged or cut off", found: why, expected: "a whole container",
            remedy: "Copy the file again")
    }
}
