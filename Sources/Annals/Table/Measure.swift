/// What is counted.
package struct Measure: Hashable, Sendable {
    /// How the figures behave.
    ///
    /// Decides which comparisons mean something.
    package enum Kind: String, Sendable, CaseIterable {
        case count, net, amount, rate, percent, index, mean
    }

    /// The category of the measure dimension, or the only measure's name.
    package var code: String
    package var label: String
    /// `persons`, `NOK`; nil where the file doesn't say and nothing declares it.
    package var unit: String?
    /// Power of ten that a printed figure is to be multiplied by to get the unit (3: thousands).
    package var multiplier: Int
    /// What a multiplier may be; beyond it figures and units are no longer within an `Int64` of each other.
    package static let multipliers = -18...18
    /// Digits after the decimal point, 0…18.
    ///
    /// Cell values are integers scaled by it.
    package var decimals: Int
    package var kind: Kind?
    /// Whether figures may be summed over categories.
    package var isAdditive: Bool?

    package init(
        code: String, label: String? = nil, unit: String? = nil, multiplier: Int = 0, decimals: Int = 0,
        kind: Kind? = nil, isAdditive: Bool? = nil
    ) {
        self.code = code
        self.label = label ?? code
        self.unit = unit
        self.multiplier = multiplier
        self.decimals = decimals
        self.kind = kind
        self.isAdditive = isAdditive
    }

    /// Whether figures may be summed: rates, percentages, indices and means not, unless a definition says so.
    package var addsUp: Bool {
        switch kind {
        case .rate, .percent, .index, .mean: isAdditive == true
        case .count, .net, .amount, nil: isAdditive != false
        }
    }

    /// Whether a ratio of two figures means something: not for net figures, rates, percentages or indices.
    package var allowsRelativeChange: Bool {
        switch kind {
        case .count, .amount, .mean, nil: true
        case .net, .rate, .percent, .index: false
        }
    }

    /// Whether a figure below zero can occur; a repeated -1 or -9 elsewhere is a sentinel that wants explaining.
    package var canBeNegative: Bool {
        switch kind {
        case .net, .amount, .rate, .percent, .mean, nil: true
        case .count, .index: false
        }
    }
}
