/// The check that what the documentation points at is there.
enum Links {
    /// Links between files of the repository for whose target `exists`, given a path from the root, says no.
    static func offences(_ pages: [TextFile], exists: (String) -> Bool) -> [Offence] {
        pages.flatMap { page in
            page.lines.enumerated().flatMap { index, line in
                line.matches(of: /\]\(([^)\s]+)\)/).compactMap { match in
                    let target = match.1.prefix { $0 != "#" }
                    guard !target.isEmpty, !target.contains("://") else { return nil }
                    let path = resolve(target, from: page.path)
                    return exists(path)
                        ? nil
                        : Offence(path: page.path, line: index + 1, message: "links to \(path), which is not there")
                }
            }
        }
    }

    /// A path from the root for one that is relative to a page.
    private static func resolve(_ target: Substring, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast()
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
