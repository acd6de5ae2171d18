/// A directory as the log uses one: the seam between what is kept and what keeps it.
///
/// Everything durable goes through this protocol and `File`, so that a test can put simulated storage underneath. A
/// name is a single path component. Nothing that creates, renames or removes is durable before `sync`.
package protocol Directory: Sendable {
    /// For messages.
    var path: String { get }

    /// The names in it, in no order, without `.` and `..`.
    func list() throws(StorageError) -> [String]

    /// Opens a regular file; symbolic links aren't followed.
    ///
    /// - Throws: With `ENOENT` or `EEXIST` in `code` where the mode needs the contrary.
    func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File

    /// Replaces what stands at `to`.
    func rename(_ from: String, to: String) throws(StorageError)

    /// Removes a file.
    func remove(_ name: String) throws(StorageError)

    /// Makes creations, renames and removals durable.
    func sync() throws(StorageError)

    /// Opens a directory in this one; symbolic links aren't followed.
    ///
    /// - Parameters:
    ///   - name: A single component.
    ///   - create: Makes it where it is missing; durable after `sync` of this directory.
    /// - Returns: The directory, open.
    /// - Throws: With `ENOENT` in `code` where it is missing and not to be made.
    func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory

    /// What a user without privileges may still allocate, in bytes.
    func freeBytes() throws(StorageError) -> Int
}

/// How a file is opened.
package enum OpenMode: Hashable, Sendable {
    /// An existing file, for reading.
    case read
    /// An existing file.
    case readWrite
    /// A file that must not exist yet.
    case create
}
