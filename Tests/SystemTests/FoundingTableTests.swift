import Foundation
import Testing

extension SystemTests {
    @Suite struct FoundingTable {
        private let dataset = "net-migration-between-counties"

        @Test func everyPrintedCellIsAnswered() async throws {
            let text = try FoundingPage.text()
            let page = FoundingPage(text)
            #expect(page.rowCodes.count == 19)
            #expect(page.cells.count == 190 + 19)
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(text, as: "net-migration-2011.txt")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new"])
                    let show = try await place.ask("show", dataset, "2011")
                    expectHead(of: show, dimensions: ["county", "counterpart"])
                    expectCells(of: show, on: page)
                    expectAudits(of: show)
                    #expect(show["source"]["file"].text == "net-migration-2011.txt")
                    #expect(show["source"]["bytes"].int == text.utf8.count)
                    #expect(show["source"]["sha256"].text?.count == 64)
                }
            }
        }

        @Test func readsWithoutDefinitions() async throws {
            let text = try FoundingPage.text()
            try await Workplace.with(definitions: .none) { place in
                try await place.withDaemon { _ in
                    try place.drop(text, as: "net-migration-2011.txt")
                    _ = try await place.synchronise()
                    let show = try await place.ask("show", dataset, "2011")
                    expectHead(of: show, dimensions: ["row", "column"])
                    #expect(ShownCells(show)["03", "01"]["value"].int == 96)
                    #expect(ShownCells(show)["01", "02"]["value"].int == 550)
                    #expect(ShownCells(show)["01", "02"]["flags"].texts == ["derived"])
                    expectAudits(of: show)
                }
            }
        }

        private func expectHead(of show: JSON, dimensions: [String]) {
            #expect(show["dataset"].text == dataset)
            #expect(show["title"].text == "Net migration between counties")
            #expect(show["year"].int == 2011)
            #expect(show["version"].int == 1)
            #expect(show["dimensions"].items.map { $0["id"].text } == dimensions)
            #expect(show["dimensions"].items.map { $0["categories"].items.count } == [19, 20])
            #expect(show["measures"].items.count == 1)
            #expect(show["measures"][0]["decimals"].int == 0)
        }

        private func expectCells(of show: JSON, on page: FoundingPage) {
            let cells = ShownCells(show)
            #expect(show["cells"].items.count == 19 * 20)
            #expect(cells.byPlace.count == 19 * 20)
            for (place, printed) in page.cells {
                let cell = cells[place.row, place.column]
                #expect(cell["value"].int == printed.value, "\(place)")
                #expect(cell["status"].text == (printed.isNil ? "nil" : "value"), "\(place)")
                #expect(cell["flags"].items.isEmpty, "\(place)")
                guard place.column != "total", place.row != place.column else { continue }
                let mirrored = cells[place.column, place.row]
                #expect(mirrored["value"].int == -printed.value, "the mirror of \(place)")
                #expect(mirrored["status"].text == (printed.isNil ? "nil" : "value"), "the mirror of \(place)")
                #expect(mirrored["flags"].texts == ["derived"], "the mirror of \(place)")
            }
            #expect(cells["01", "02"]["value"].int == 550)
        }

        private func expectAudits(of show: JSON) {
            let audits = show["audits"].items
            #expect(!audits.isEmpty)
            for audit in audits { #expect(audit["result"].text == "holds", "\(audit)") }
            #expect(audits.contains { $0["name"].text?.contains("total") == true && $0["checked"].int == 19 })
            #expect(audits.contains { $0["name"].text?.contains("antisymmetric") == true })
        }

        @Test func aChangedFigureIsQuarantinedNamingTheRows() async throws {
            let text = try FoundingPage.text()
            let changed = text.replacingOccurrences(of: "03 Oslo\t-417\t96\t", with: "03 Oslo\t-417\t69\t")
            try #require(changed != text)
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(changed, as: "net-migration-2011.txt")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    let message = drops[0]["reason"]["message"].text ?? ""
                    #expect(message.contains("Oslo") || message.contains("03"), "\(message)")
                    #expect(message.contains("Østfold") || message.contains("01"), "\(message)")
                    let kept = try place.quarantine
                    #expect(kept.values.contains(Array(changed.utf8)))
                    #expect(kept.keys.contains { $0.hasSuffix("/reason.json") })
                    #expect(try place.done.isEmpty)
                    #expect(try place.waiting.isEmpty)
                    #expect(try await place.annalctl("show", dataset, "2011").code == 4)
                }
            }
        }

        @Test func theFileIsFiledUnderItsHash() async throws {
            let text = try FoundingPage.text()
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(text, as: "net-migration-2011.txt", sidecar: "kind: routine\n")
                    _ = try await place.synchronise()
                    let show = try await place.ask("show", dataset, "2011")
                    let hash = try await Answer.of("sha256sum", [Repository.foundingFile]).output.prefix(64)
                    #expect(show["source"]["sha256"].text == String(hash))
                    let done = try place.done
                    let name = "\(dataset)/2011/\(hash.prefix(8))-net-migration-2011.txt"
                    #expect(done[name] == Array(text.utf8), "\(done.keys)")
                    #expect(done[name + ".meta.yaml"] == Array("kind: routine\n".utf8), "\(done.keys)")
                    #expect(done.count == 2)
                    #expect(try place.waiting.isEmpty)
                }
            }
        }
    }

    @Suite struct Inspecting {
        @Test func theFoundingFileNeedsNoDaemon() async throws {
            try await Workplace.with { place in
                let answer = try await place.annalctl(
                    "inspect", Repository.foundingFile, "--config", place.configuration, "--format", "json")
                #expect(answer.code == 0, "\(answer)")
                let file = answer.json["files"][0]
                #expect(file["outcome"].text == "readable")
                let table = file["tables"][0]
                #expect(table["dataset"].text == "net-migration-between-counties")
                #expect(table["year"].int == 2011)
                #expect(table["cell_count"].int == 380)
                #expect(!table.has("cells"))
                #expect(!table.has("version"))
                #expect(table["dimensions"].items.map { $0["categories"].items.count } == [19, 20])
                #expect(!table["audits"].items.isEmpty)
                #expect(table["audits"].items.allSatisfy { $0["result"].text == "holds" })
                let cells = try await place.annalctl(
                    "inspect", Repository.foundingFile, "--cells", "--config", place.configuration, "--format", "json")
                #expect(cells.json["files"][0]["tables"][0]["cells"].items.count == 380)
            }
        }

        @Test func noiseIsRefusedWithARemedy() async throws {
            try await Workplace.with { place in
                let noise = place.drafts + "/noise-2011.csv"
                var random = SeededRandom(state: 7)
                let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
                try Files.write(bytes, to: Array(noise.utf8))
                let answer = try await place.annalctl("inspect", noise, Repository.foundingFile, "--format", "json")
                #expect(answer.code == 1, "\(answer)")
                let files = answer.json["files"].items
                #expect(files.map { $0["outcome"].text } == ["refused", "readable"])
                #expect(files.first?["reason"]["message"].text?.isEmpty == false)
                #expect(files.first?["reason"]["remedy"].text?.isEmpty == false)
                let plain = try await place.annalctl("inspect", noise)
                #expect(plain.code == 1)
                #expect(!plain.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            }
        }
    }
}
