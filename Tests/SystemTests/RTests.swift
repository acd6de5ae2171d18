import Foundation
import Testing

extension SystemTests.Decompositions {
    /// R reads the three layouts of a triangle, and finds the same figures in each.
    @Test func theTriangleInR() async throws {
        guard try await Answer.of("sh", ["-c", "command -v Rscript"]).code == 0 else {
            return print("Skipped: there is no R here.")
        }
        try await withHistory { place async throws in
            for layout in ["long", "by-time", "by-publication"] {
                let csv = try await place.annalctl(
                    "triangle", "people", "--where", "region=South,sex=f", "--format", "csv", "--layout", layout)
                #expect(csv.code == 0, "\(csv)")
                try Files.write(csv.output, to: "\(place.root)/\(layout).csv")
            }
            let answer = try await Answer.of("Rscript", ["--vanilla", "-e", Self.script, place.root])
            #expect(answer.code == 0, "\(answer)")
            // 2010: 57, confirmed by figure on 1 May 2012; 2011: 58, then 50.
            #expect(answer.output.contains("4 releases of 2 times, last 50"), "\(answer)")
        }
    }

    private static let script = """
        root <- commandArgs(trailingOnly = TRUE)[1]
        long <- read.csv(file.path(root, "long.csv"))
        stopifnot(identical(names(long), c("time", "pub_date", "value", "id")))
        long$time <- as.Date(long$time)
        long$pub_date <- as.Date(long$pub_date)
        stopifnot(!anyNA(long$time), !anyNA(long$pub_date), is.numeric(long$value))
        by_time <- read.csv(file.path(root, "by-time.csv"), check.names = FALSE)
        by_pub <- read.csv(file.path(root, "by-publication.csv"), check.names = FALSE)
        for (row in seq_len(nrow(long))) {
            time <- format(long$time[row]); pub <- format(long$pub_date[row])
            stopifnot(by_time[by_time$time == time, pub] == long$value[row])
            stopifnot(by_pub[by_pub$pub_date == pub, time] == long$value[row])
        }
        cat(nrow(long), "releases of", length(unique(long$time)), "times, last", long$value[nrow(long)], "\\n")
        """
}
