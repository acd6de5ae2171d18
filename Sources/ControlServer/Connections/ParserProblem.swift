import ControlAPI
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives the framework's bare answer to what is no HTTP the form that every other problem has.
///
/// Such bytes never become a request, so that no route and no middleware sees them: the framework answers 400 without a
/// body and closes the connection. An answer of ours has a content type, so that the two can't be mistaken.
final class ParserProblem: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let body = JSONWriter.bytes(
        of: ControlProblem(
            .malformedRequest, "The request is not HTTP/1.1, or its head is too large.",
            remedy: "See /v1/openapi.yaml for what may be asked."))

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentType] == nil
        else { return context.write(data, promise: promise) }
        head.headerFields[.contentType] = ControlProblem.mediaType
        head.headerFields[.contentLength] = String(Self.body.count)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: Self.body))), promise: promise)
    }
}
