import Hummingbird
import NIOCore

/// What a handler knows of its request besides the request: the connection that it came over.
struct ControlContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
