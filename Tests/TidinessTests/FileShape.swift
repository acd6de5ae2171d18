/// The checks on a Swift file that need no understanding of it: length, name, white space, remarks.
enum FileShape {
    static let mostLines = 400
    /// Names that say nothing about what is inside.
    static let emptyNames = ["Utils", "Utilities", "Helper", "Helpers", "Manager", "Constants", "Misc", "Common"]

    /// Files that hold more than one concept, judged by their length.
    static func lengthOffences(_ files: [TextFile]) -> [Offence] {
        files.filter { $0.lines.count > mostLines }.map {
            Offence(
                path: $0.path, line: mostLines + 1,
                message: "\($0.lines.count) lines, more than \(mostLines): two concepts")
        }
    }

    /// Files named `StringUtils.swift`, `Constants.swift`, `NewParser.swift`.
    static func nameOffences(_ files: [TextFile]) -> [Offence] {
        files.compactMap { file in
            let parts = file.name.prefix { $0 != "." }.split(separator: "+")
            let isEmpty = parts.contains { part in
                part.firstMatch(of: /^New(?![a-z])/) != nil || emptyNames.contains { part.hasSuffix($0) }
            }
            guard isEmpty else { return nil }
            return Offence(path: file.path, message: "a file is named for its concept")
        }
    }

    /// Tabs, and spaces at the ends of lines.
    static func whiteSpaceOffences(_ files: [TextFile]) -> [Offence] {
        files.flatMap { file in
            file.lines.enumerated().flatMap { index, line in
                var found: [Offence] = []
                if line.utf8.contains(UInt8(ascii: "\t")) {
                    found.append(Offence(path: file.path, line: index + 1, message: "a tab"))
                }
                if line.last?.isWhitespace == true {
                    found.append(Offence(path: file.path, line: index + 1, message: "a space at the end"))
                }
                return found
            }
        }
    }

    /// Comments that put something off.
    static func remarkOffences(_ files: [SwiftFile]) -> [Offence] {
        files.flatMap { file in
            file.text.lines.enumerated().compactMap { index, line -> Offence? in
                guard !line.comment.isEmpty, let match = line.comment.firstMatch(of: /\b(TODO|FIXME|XXX)\b/) else {
                    return nil
                }
                return Offence(path: file.path, line: index + 1, message: "\(match.1) in a comment")
            }
        }
    }

    /// `try?` and `try!` without a comment on their line or on the line above, which should say why.
    static func tryOffences(_ files: [SwiftFile]) -> [Offence] {
        files.flatMap { file in
            let lines = file.text.lines
            return lines.enumerated().compactMap { index, line -> Offence? in
                guard line.code.contains("try"), let match = line.code.firstMatch(of: /\btry[?!]/) else { return nil }
                let isExplained = !line.comment.isEmpty || (index > 0 && !lines[index - 1].comment.isEmpty)
                return isExplained
                    ? nil
                    : Offence(path: file.path, line: index + 1, message: "\(match.0) without the reason beside it")
            }
        }
    }
}
