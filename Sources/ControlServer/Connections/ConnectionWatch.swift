import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Writes down what happens on a connection: requests in hand, and how much of the answers the client has taken.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let connections: OpenConnections
    private var connection: OpenConnection?

    init(_ connections: OpenConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) { connection = connections[context.channel] }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let isWhole = if case .end = unwrapInboundIn(data) { true } else { false }
        connection?.note { activity in
            if isWhole { activity.requestsInHand += 1 }
            activity.hasAsked = true
            activity.since = .now
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let connection else { return context.write(data, promise: promise) }
        let part = unwrapOutboundIn(data)
        let byteCount = if case .body(let bytes) = part { bytes.readableBytes } else { 0 }
        let isEnd = if case .end = part { true } else { false }
        connection.note { activity in
            if activity.unsentParts == 0 { activity.since = .now }
            activity.unsentParts += 1
            activity.unsentBytes += byteCount
        }
        let promise = promise ?? context.eventLoop.makePromise()
        promise.futureResult.whenComplete { _ in
            connection.note { activity in
                activity.unsentParts -= 1
                activity.unsentBytes -= byteCount
                // An answer may end before its request did.
                if isEnd { activity.requestsInHand = max(0, activity.requestsInHand - 1) }
                activity.since = .now
            }
        }
        context.write(data, promise: promise)
    }
}
