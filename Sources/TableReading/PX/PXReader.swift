import Annals
import Definitions

/// Reads PX files, as PC-Axis and the databases of statistical offices write them (PC-Axis 2000 to 2013).
///
/// Keywords up to DATA say which variables the table has, what their values are and what is counted; behind it all figures
/// stand in the order of the variables. What is taken and what is refused is written in `docs/formats/px.md`.
package struct PXReader: TableReader {
    package let name = "px"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        let isPX = text.bytes.withUnsafeBufferPointer {
            Self.looksLikePX(UnsafeBufferPointer(rebasing: $0[min(text.start, $0.count)...]))
        }
        return isPX ? .accepts(OpenedPX(text: text, input: input)) : .declines("it begins with no keyword of PX")
    }

    /// Whether a text begins with a keyword of PX and what belongs behind it.
    static func looksLikePX(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count, start < 1000, Whitespace.isASCII(bytes[start]) { start += 1 }
        var end = start
        while end < bytes.count, end - start < 32, PXScanner.mayStandInKeyword(bytes[end]) { end += 1 }
        let keyword = FieldText.string(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        guard firstKeywords.contains(keyword) else { return false }
        while end < bytes.count, Whitespace.isASCII(bytes[end]) { end += 1 }
        return end < bytes.count && "=[(".utf8.contains(bytes[end])
    }

    /// Keywords that a file may begin with.
    private static let firstKeywords: Set<String> = [
        "AUTOPEN", "AXIS-VERSION", "CHARSET", "CODEPAGE", "CODES", "CONTENTS", "COPYRIGHT", "CREATION-DATE", "DATABASE",
        "DECIMALS", "DESCRIPTION", "HEADING", "INFO", "INFOFILE", "LANGUAGE", "LANGUAGES", "LAST-UPDATED", "MATRIX",
        "NEXT-UPDATE", "NOTE", "NOTEX", "PX-SERVER", "SHOWDECIMALS", "SOURCE", "STUB", "SUBJECT-AREA", "SUBJECT-CODE",
        "TABLEID", "TITLE", "UNITS", "VALUES",
    ]
}

/// A file that begins as PX does.
private struct OpenedPX: OpenedFile {
    let text: DecodedText
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        let text = text
        let cube = try text.withBytes { (bytes) throws(Reason) in
            try PXFile(bytes, input: input, encoding: text.encoding).cube { figure, landmarks in
                text.bytes.withUnsafeBufferPointer { whole in
                    landmarks.place(ofFigure: figure, in: UnsafeBufferPointer(rebasing: whole[text.start...]))
                }
            }
        }
        return try CubeTable(cube.cube, identity: cube.identity, input: input).reading()
    }
}
