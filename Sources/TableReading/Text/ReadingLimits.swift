/// What a file may not exceed; each is refused with a reason, never with a trap.
package struct ReadingLimits: Hashable, Sendable {
    /// In bytes; 1 GiB.
    package var fileBytes: Int
    /// In bytes; 16 MiB.
    package var lineBytes: Int
    /// Over all years of a file; 50 million.
    package var cells: Int
    /// In one dimension; a million.
    package var categories: Int
    /// In one file; 500.
    package var years: Int
    /// How many processors may work on one file; one where several files are read side by side.
    package var threads: Int
    /// The fewest bytes that are worth a thread; 4 MiB.
    package var threadBytes: Int

    package init(
        fileBytes: Int = 1 << 30, lineBytes: Int = 16 << 20, cells: Int = 50_000_000, categories: Int = 1_000_000,
        years: Int = 500, threads: Int = 1, threadBytes: Int = 4 << 20
    ) {
        self.fileBytes = fileBytes
        self.lineBytes = lineBytes
        self.cells = cells
        self.categories = categories
        self.years = years
        self.threads = threads
        self.threadBytes = threadBytes
    }

    /// For what was accepted once, under whatever limits held then.
    package static let none = ReadingLimits(
        fileBytes: .max, lineBytes: .max, cells: .max, categories: .max, years: .max)
}
