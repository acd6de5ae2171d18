import Glibc
import NIOCore

/// Stands at the listening socket: takes clients as long as there may be more, and has others wait.
///
/// A socket that can't be taken from, for want of descriptors, stays readable: it is left alone for a moment, since
/// looking at it again at once would do nothing else for ever.
final class Doorkeeper: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    /// How long nothing is taken after it failed.
    private static let rest = TimeAmount.seconds(1)

    private let connections: OpenConnections
    private let sweepInterval: TimeAmount
    private var sweeping: RepeatedTask?
    private var isResting = false

    init(_ connections: OpenConnections) {
        self.connections = connections
        let limits = connections.limits
        let shortest = min(
            limits.stallTime, limits.crowdedIdleTime, limits.crowdedSilentTime, limits.crowdedStallTime)
        sweepInterval = TimeAmount(min(.milliseconds(250), shortest / 2))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        sweeping = context.eventLoop.scheduleRepeatedTask(initialDelay: sweepInterval, delay: sweepInterval) {
            [connections] _ in connections.sweep()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { sweeping?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let client = unwrapInboundIn(data)
        let own = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        connections.add(client)
        client.closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (doorkeeper, context) = own.value
            doorkeeper.connections.remove(client)
            doorkeeper.openOrShut(context)
        }
        context.fireChannelRead(data)
        openOrShut(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let failure = error as? IOError, Self.isShortage(failure.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        connections.noteShortage(failure)
        isResting = true
        openOrShut(context)
        let own = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.rest) {
            let (doorkeeper, context) = own.value
            doorkeeper.isResting = false
            doorkeeper.openOrShut(context)
        }
    }

    private func openOrShut(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        // It fails only on a channel that is being closed, and then nothing is taken anyway.
        try? context.channel.syncOptions?.setOption(.autoRead, value: !isResting && !connections.isFull)
    }

    /// Source: accept(2).
    private static func isShortage(_ code: CInt) -> Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) }
}
