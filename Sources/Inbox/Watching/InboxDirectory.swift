/// The inbox as a path that is opened anew for each piece of work.
///
/// No descriptor is kept between: a held one would hide that the directory was deleted (the kernel tells watchers when
/// the last holder lets go) and keep its file system from being unmounted.
package struct InboxDirectory: Hashable, Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The directory that stands at the path now.
    ///
    /// - Throws: ``InboxError/system(_:path:_:)`` where there is none, or it may not be read.
    package func open() throws(InboxError) -> Descriptor { try .directory(at: path) }

    /// Which directory stands at the path now; nil where there is none.
    package func identity() -> FileIdentity? {
        // Why it can't be opened does not matter here: whoever opens it next gets the error.
        try? open().status().identity
    }
}
