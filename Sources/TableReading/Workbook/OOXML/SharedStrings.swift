import Annals

/// The texts that cells name by their number.
final class SharedStrings: XMLReceiver {
    private(set) var refusal: Reason?
    private var texts: [UInt8] = []
    /// *Shape:* one more than there are texts: where each begins, and where the last one ends.
    private var starts: [Int] = [0]
    private var rich = RichText()
    private let mostBytes: Int
    private let mostTexts: Int

    init(limits: GridLimits) { (mostBytes, mostTexts) = (limits.textBytes, limits.cells) }

    var count: Int { starts.count - 1 }

    /// Bounds: `index` is below ``count``.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { texts[starts[index]..<starts[index + 1]] }

    func begin(_ element: XMLElement) {
        if element.isNamed("si") { rich.clear() } else { rich.begin(element) }
    }

    func end(_ name: XMLName) {
        rich.end(name)
        guard name.isNamed("si") else { return }
        texts.append(contentsOf: rich.bytes)
        starts.append(texts.count)
        if texts.count > mostBytes || starts.count > mostTexts || rich.isTooLong {
            refusal = Reason(
                "The texts of the workbook are longer than the limit",
                expected: "at most \(mostBytes) bytes, and \(RichText.mostBytes) for one of them",
                remedy: "Split the workbook")
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { rich.text(bytes) }
}
