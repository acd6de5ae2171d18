extension DatasetDefinition {
    /// How the dataset's files write numbers, where the definition says it; goes before the dialect's.
    package struct Numbers: Hashable, Sendable {
        package var decimalMark: Dialect.DecimalMark?
        /// Single characters that group digits by three; nil where the dialect says them, empty for none.
        package var thousandsSeparators: Set<Character>?

        package init(decimalMark: Dialect.DecimalMark? = nil, thousandsSeparators: Set<Character>? = nil) {
            self.decimalMark = decimalMark
            self.thousandsSeparators = thousandsSeparators
        }

        /// The dialect with what is said here in the place of its own.
        ///
        /// The decimal mark never groups digits too: a dialect's separator that it takes over is gone.
        package func applied(to dialect: Dialect) -> Dialect {
            var dialect = dialect
            if let decimalMark { dialect.decimalMark = decimalMark }
            if let thousandsSeparators { dialect.thousandsSeparators = thousandsSeparators }
            switch decimalMark {
            case .point: dialect.thousandsSeparators.remove(".")
            case .comma: dialect.thousandsSeparators.remove(",")
            case nil: break
            }
            return dialect
        }
    }
}
