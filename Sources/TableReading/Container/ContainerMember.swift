import Annals

/// A file in a container: what it is called there, and its bytes.
struct ContainerMember {
    /// As it stands in the container, for people.
    var path: String
    /// What its name tells of dataset and year is told by this: never used as a path.
    var name: String
    var bytes: [UInt8]

    /// The file that is compressed alone: its name is the container's without its ending.
    init(unpacked bytes: [UInt8], from container: String, _ form: ContainerForm) {
        let ending = form.endings.first { container.lowercased().hasSuffix($0) }
        let name = ending.map { String(container.dropLast($0.count)) } ?? container
        // `births.tgz` holds `births.tar`.
        (path, self.name, self.bytes) = (name, name, bytes)
    }

    init(path: String, bytes: [UInt8], in container: String) {
        self.path = path
        self.bytes = bytes
        let own = path.split(separator: "/").last.map(String.init) ?? path
        let (ownName, outer) = (FileName(own), FileName(container))
        // `data.csv` in `births-2011.zip`, `2011.csv` in `births.zip`: what the name lacks, the container's says.
        if ownName.mentions.years.isEmpty, !outer.mentions.years.isEmpty || Self.saysNothing(ownName) {
            name = outer.stem + Self.ending(of: own)
        } else if ownName.title == nil, let title = outer.title {
            name = title + "-" + own
        } else {
            name = own
        }
    }

    /// Names that programs give to whatever they pack.
    private static func saysNothing(_ name: FileName) -> Bool {
        ["data", "table", "export", "dataset", "sheet1", "download"].contains(name.stem.lowercased())
    }

    private static func ending(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    }

    /// Whether systems put it there by themselves, beside what somebody packed.
    var isOfSystem: Bool {
        let parts = path.split(separator: "/")
        let name = parts.last?.lowercased() ?? ""
        return parts.contains("__MACOSX") || name.hasPrefix(".") || name == "thumbs.db" || name == "desktop.ini"
    }

    /// Whether it is of a form in which nobody gives figures to programs: a licence, a picture.
    var isDocument: Bool {
        [".pdf", ".doc", ".docx", ".rtf", ".png", ".jpg", ".jpeg", ".gif", ".svg"]
            .contains(Self.ending(of: path).lowercased())
    }

    /// Whether it may be words for people as well as a table; what stands in it tells.
    var mayBeWords: Bool { [".txt", ".md"].contains(Self.ending(of: path).lowercased()) }
}
