import Annals
internal import CXML2

/// What is told of a stream of XML, in its order.
///
/// It is called from C, through which nothing can be thrown: it keeps its refusal, and the parser stops there.
protocol XMLReceiver: AnyObject {
    /// Why nothing more is wanted.
    var refusal: Reason? { get }
    func begin(_ element: XMLElement)
    func end(_ name: XMLName)
    /// A piece of text; one text may come in several.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// Parses XML piece by piece with libxml2, and tells a receiver: no tree of it is ever made.
///
/// No document type is taken, so there are no entities but the five of XML, none is external, and nothing grows that was
/// short. An encoding that is declared is never looked up (that would open files): UTF-8, and UTF-16 with its mark, are read.
/// The parser's own limits hold: 256 elements inside one another, texts of 10 MB.
final class XMLStream {
    private let receiver: any XMLReceiver
    /// The part of the workbook, for reasons.
    private let part: String
    private var context: xmlParserCtxtPtr?
    private var failure: Reason?

    private static let options = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_IGNORE_ENC.rawValue)

    init(_ receiver: any XMLReceiver, part: String) {
        self.receiver = receiver
        self.part = part
        xmlInitParser()
        var handler = xmlSAXHandler()
        // Version 2 of the interface: names come with their namespaces.
        handler.initialized = 0xDEED_BEAF
        handler.startElementNs = { data, name, _, space, _, _, attributeCount, _, attributes in
            guard let stream = XMLStream.of(data), let name else { return }
            stream.receiver.begin(
                XMLElement(
                    name: XMLName(local: name, space: space), attributes: attributes,
                    attributeCount: Int(attributeCount)))
            if stream.receiver.refusal != nil { stream.stop() }
        }
        handler.endElementNs = { data, name, _, space in
            guard let stream = XMLStream.of(data), let name else { return }
            stream.receiver.end(XMLName(local: name, space: space))
            if stream.receiver.refusal != nil { stream.stop() }
        }
        handler.characters = { data, text, count in XMLStream.take(data, text, count) }
        handler.ignorableWhitespace = { data, text, count in XMLStream.take(data, text, count) }
        handler.cdataBlock = { data, text, count in XMLStream.take(data, text, count) }
        handler.internalSubset = { data, _, _, _ in XMLStream.of(data)?.refuseDocumentType() }
        handler.serror = { data, error in
            guard let error else { return }
            XMLStream.of(data)?.note(error.pointee)
        }
        // The parser keeps a copy of the handler; the object outlives the parser, which it frees itself.
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        if let context { xmlCtxtUseOptions(context, Self.options) }
    }

    deinit {
        if let context { xmlFreeParserCtxt(context) }
    }

    /// Takes the next piece.
    ///
    /// - Throws: What isn't XML; and why the receiver wants no more.
    func feed(_ piece: UnsafeBufferPointer<UInt8>) throws(Reason) {
        var rest = piece
        while !rest.isEmpty {
            // Bounds: `count` bytes are left, and the parser's counts have 32 bits.
            let count = min(rest.count, 1 << 20)
            rest.withMemoryRebound(to: CChar.self) { text in
                _ = xmlParseChunk(context, text.baseAddress, Int32(count), 0)
            }
            try check()
            rest = UnsafeBufferPointer(rebasing: rest[count...])
        }
    }

    /// Says that nothing follows.
    ///
    /// - Throws: As ``feed(_:)``; and where elements are still open.
    func finish() throws(Reason) {
        _ = xmlParseChunk(context, nil, 0, 1)
        try check()
        guard let context, context.pointee.wellFormed == 1 else { throw broken("it isn't well-formed", line: nil) }
    }

    private func check() throws(Reason) {
        if let refusal = receiver.refusal { throw refusal }
        if let failure { throw failure }
        guard context != nil else {
            throw Reason("There is too little memory to read the workbook", remedy: "Drop the file again")
        }
    }

    private func broken(_ why: String, line: Int?) -> Reason {
        Reason(
            "The part `\(part)` of the workbook can't be read as XML: \(why)",
            found: line.map { "line \($0) of the part" },
            expected: "a whole workbook", remedy: "Save the workbook anew")
    }

    private func stop() {
        if let context { xmlStopParser(context) }
    }

    // MARK: Called by the parser

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLStream? {
        data.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func take(_ data: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ count: Int32) {
        guard let stream = of(data), let text else { return }
        stream.receiver.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }

    private func refuseDocumentType() {
        failure = Reason(
            "The part `\(part)` of the workbook has a document type", found: "<!DOCTYPE",
            expected: "none: no program that makes workbooks writes one",
            remedy: "Look where the file comes from; save the workbook anew")
        stop()
    }

    /// Below an error it is a warning: a namespace that is no address, for example.
    private func note(_ error: xmlError) {
        guard failure == nil, receiver.refusal == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let message = error.message.map { FieldText.collapsed(String(cString: $0)) } ?? "it isn't well-formed"
        failure = broken(message, line: Int(error.line))
        stop()
    }
}

extension ZipArchive {
    /// Tells a receiver what a part holds.
    ///
    /// - Throws: Where it is missing, damaged, no XML, or not what the receiver wants.
    func parse(_ part: String, _ receiver: any XMLReceiver) throws(Reason) {
        let stream = XMLStream(receiver, part: part)
        try read(part) { (piece) throws(Reason) in try stream.feed(piece) }
        try stream.finish()
    }
}
