import Annals
import Testing

/// When two drops are `identical`.
struct TableEqualityTests {
    private func table(
        rows: [String] = ["1", "2"], columns: [String] = ["a", "b"],
        figure: (String, String) -> Int64 = { Int64($0)! * 10 + ($1 == "a" ? 1 : 2) }
    ) -> Table {
        let dimensions = [("row", rows), ("column", columns)].map { id, codes in
            Dimension(id: id, label: id, categories: codes.map { Category(code: $0, label: "label \($0)") })
        }
        var builder = CellsBuilder()
        for row in rows { for column in columns { _ = builder.append(figure(row, column), .plain) } }
        return Table(
            title: "t", period: Period(year: 2011), notes: ["note"], measures: [Measure(code: "v", unit: "persons")],
            keySpace: KeySpace(dimensions)!, presence: .dense, cells: builder.finish())
    }

    private func changed(_ change: (inout Table) -> Void) -> Table {
        var table = table()
        change(&table)
        return table
    }

    @Test func orderOfCategoriesTitleGlyphsAndPresenceDoNotCount() {
        let same = [
            table(), table(rows: ["2", "1"]), table(rows: ["2", "1"], columns: ["b", "a"]),
            changed { $0.title = "another" }, changed { $0.cells.palette[0].glyph = "*" },
            changed { $0.presence = .sparse([0, 1, 2, 3]) },
            changed { $0.cells.palette.append(Mark(.blank)) },
            changed {
                $0.cells.palette = [Mark(.blank), .plain]
                $0.cells.marks = [1, 1, 1, 1]
            },
        ]
        for other in same {
            #expect(table().saysTheSame(as: other))
            #expect(other.saysTheSame(as: table()))
        }
    }

    @Test func orderOfDimensionsDoesNotCount() {
        let turned = table().ordered(by: ["column"])
        #expect(turned.keySpace.dimensions.map(\.id) == ["column", "row"])
        #expect(turned.cells.values == [11, 21, 12, 22])
        #expect(table().saysTheSame(as: turned) && turned.saysTheSame(as: table()))
    }

    @Test func decimalsCountOnlyWhereTheyAreDeclared() {
        let finer = changed {
            $0.measures[0].decimals = 2
            $0.cells.values = $0.cells.values.map { $0 * 100 }
        }
        #expect(table().saysTheSame(as: finer) && finer.saysTheSame(as: table()))
        #expect(!table().saysTheSame(as: finer, withDecimals: true))
        var other = finer
        other.cells.values[3] += 1
        #expect(!table().saysTheSame(as: other))
    }

    @Test func everythingElseDoes() {
        let others = [
            table { Int64($0)! * 10 + ($1 == "a" ? 1 : 3) }, table(rows: ["1", "3"]), table(rows: ["1", "2", "3"]),
            changed { $0.period = Period(year: 2012) }, changed { $0.period.label = "2011-12" },
            changed { $0.notes = [] }, changed { $0.measures[0].unit = "NOK" }, changed { $0.measures[0].decimals = 1 },
            changed { $0.measures[0].multiplier = 3 }, changed { $0.measures[0].kind = .net },
            changed { $0.cells.palette[0].status = .nilFigure }, changed { $0.cells.palette[0].flags = .revised },
            changed { table in
                var dimensions = table.keySpace.dimensions
                dimensions[0].categories[0].label = "Troms Romsa"
                table.keySpace = KeySpace(dimensions)!
            },
            changed { $0.keySpace = KeySpace(Array($0.keySpace.dimensions.reversed()))! },
            changed { table in
                table.presence = .sparse([0, 1, 2])
                table.cells.values.removeLast()
                table.cells.marks.removeLast()
            },
        ]
        for (index, other) in others.enumerated() {
            #expect(!table().saysTheSame(as: other), "\(index)")
            #expect(!other.saysTheSame(as: table()), "\(index)")
        }
    }

    @Test func sparseTablesWithOtherCombinationsDiffer() {
        func sparse(_ ordinals: [UInt64]) -> Table {
            changed { table in
                table.presence = .sparse(ordinals)
                table.cells = Cells(values: [7, 7], marks: [0, 0], palette: [.plain])
            }
        }
        #expect(sparse([0, 3]).saysTheSame(as: sparse([0, 3])))
        #expect(!sparse([0, 3]).saysTheSame(as: sparse([0, 2])))
    }
}
