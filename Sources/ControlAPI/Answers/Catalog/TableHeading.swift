package import Annals

/// Everything of a table's answer but its cells: what stands before and after them.
package struct TableHeading: Sendable {
    /// Which vintage it is; nil for a table that is only inspected.
    package struct Record: Sendable {
        package var version: Int
        package var recorded: Instant
        package var published: Instant
        package var source: SourceReport
        /// The sidecar's, as is the reason.
        package var kind: String?
        /// The latest with which the figures were confirmed.
        package var stage: String?
        package var reason: String?

        package init(
            version: Int, recorded: Instant, published: Instant, source: SourceReport, kind: String? = nil,
            stage: String? = nil, reason: String? = nil
        ) {
            self.version = version
            self.recorded = recorded
            self.published = published
            self.source = source
            self.kind = kind
            self.stage = stage
            self.reason = reason
        }
    }

    package var dataset: DatasetID
    package var record: Record?
    package var audits: [Audit]
    package var findings: [Finding]

    package init(dataset: DatasetID, record: Record? = nil, audits: [Audit], findings: [Finding]) {
        self.dataset = dataset
        self.record = record
        self.audits = audits
        self.findings = findings
    }

    /// Writes the fields that stand before the cells, into an object that is open.
    ///
    /// The categories are rows of the body: a table may have as many of them as cells.
    package func writeFields(of table: Table, to json: inout JSONWriter, of body: inout AnswerBody) {
        json.field("dataset", dataset.slug)
        json.field("title", table.title)
        json.field("year", table.period.year)
        json.field("period", table.period.label)
        if let record {
            json.field("version", record.version)
            json.field("recorded", record.recorded)
            json.field("published", record.published)
            json.field("source", record.source)
            json.field("kind", record.kind)
            json.field("stage", record.stage)
            json.field("reason", record.reason)
        }
        json.field("notes", table.notes)
        json.key("dimensions")
        json.beginArray()
        for dimension in table.keySpace.dimensions { Self.write(dimension, to: &json, of: &body) }
        json.endArray()
        json.field("measures", table.measures)
    }

    private static func write(_ dimension: Dimension, to json: inout JSONWriter, of body: inout AnswerBody) {
        json.beginObject()
        dimension.writeFields(to: &json)
        json.key("categories")
        json.beginArray()
        body.append(json.take())
        let (categories, attributes) = (dimension.categories, dimension.attributes)
        body.append(rows: categories.count) { rows, buffer in
            var json = JSONWriter()
            for row in rows { categories[row].write(to: &json, attributes: attributes) }
            if rows.lowerBound > 0 { buffer.append(0x2C) }
            buffer.append(json.take())
        }
        json.endArray()
        json.endObject()
    }

    /// Writes the fields that stand after the cells.
    package func writeTail(to json: inout JSONWriter) {
        json.field("audits", audits)
        json.field("findings", findings)
    }
}

extension Dimension: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            writeFields(to: &json)
            json.key("categories")
            json.beginArray()
            for category in categories { category.write(to: &json, attributes: attributes) }
            json.endArray()
        }
    }

    /// The fields before the categories.
    fileprivate func writeFields(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("label", label)
        json.field("total", totalCode)
        if isMeasure { json.field("measure", true) }
    }
}

extension Category {
    /// Writes it with what is said of it, by the names of its dimension's attributes.
    fileprivate func write(to json: inout JSONWriter, attributes names: [String]) {
        json.object { json in
            json.field("code", code)
            json.field("label", label)
            if !aliases.isEmpty { json.field("aliases", aliases) }
            guard !attributes.isEmpty else { return }
            json.key("attributes")
            json.object { json in
                for (name, text) in zip(names, attributes) where !text.isEmpty { json.field(name, text) }
            }
        }
    }
}

extension Measure: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("code", code)
            json.field("label", label)
            json.field("unit", unit)
            json.field("decimals", decimals)
            if multiplier != 0 { json.field("multiplier", multiplier) }
            json.field("kind", kind?.rawValue)
        }
    }
}

extension Audit: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("name", identity.name)
            json.field("result", result.rawValue)
            json.field("origin", origin.rawValue)
            json.field("checked", checked)
            json.field("unchecked", unchecked)
            json.field("failed", failed)
            json.field("findings", findings)
            json.field("imbalances", imbalances)
        }
    }
}

extension Audit.Imbalance: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("at", at)
            json.field("expected", ExactFigure(expected, decimals: decimals))
            json.field("found", ExactFigure(found, decimals: decimals))
        }
    }
}
