// swift-tools-version: 6.2
import PackageDescription

// One place for what every target is compiled with; docs/ARCHITECTURE.md draws the imports.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, on dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func program(_ name: String, on dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, on dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let heaps = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let hashTrees = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "annal",
    products: [
        .executable(name: "annald", targets: ["annald"]),
        .executable(name: "annalctl", targets: ["annalctl"]),
        .executable(name: "annal-sample", targets: ["annal-sample"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The words of the field.
        library("Annals", on: []),

        // Bytes to tables, what tables must satisfy, how they differ. No I/O.
        library("Definitions", on: ["Annals", yams]),
        library("TableReading", on: ["Annals", "Definitions"]),
        library("Auditing", on: ["Annals"]),
        library("Comparison", on: ["Annals"]),
        library(
            "Reading",
            on: [
                "Annals", "Auditing", "Definitions", "TableCoding", "TableReading", "StableStorage", "CLinux",
                "CSeccomp",
                system,
            ]),

        // What is kept, and how.
        library("StableStorage", on: ["CLinux"]),
        library("RecordLog", on: ["StableStorage", "CLinux"]),
        library("TableCoding", on: ["Annals", "CZstd", crypto]),
        library("Archive", on: ["Annals", "RecordLog", "TableCoding", hashTrees]),

        // The ways in and out.
        library("Inbox", on: ["Annals", "CLinux", crypto, heaps, system]),
        library("Systemd", on: ["CSystemd"]),
        library("ControlAPI", on: ["Annals"]),
        library("ArchiveAnswers", on: ["Annals", "Archive", "ControlAPI", "RecordLog"]),
        library(
            "ControlServer",
            on: [
                "Annals", "Archive", "Auditing", "Comparison", "ControlAPI", "Definitions", "ArchiveAnswers",
                "Reading", "RecordLog", "StableStorage",
                "TableCoding", "TableReading", "CLinux", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging,
                nioCore, nioHTTP1, nioHTTPTypes, nioPosix,
            ],
            resources: [.embedInCode("openapi.yaml")]),
        library("ControlClient", on: ["ControlAPI", asyncHTTPClient, nioCore, nioHTTP1]),

        // The two programs.
        library(
            "Daemon",
            on: [
                "Annals", "Archive", "ArchiveAnswers", "Auditing", "CLinux", "Comparison", "ControlAPI",
                "ControlServer",
                "Definitions", "Inbox",
                "Reading", "RecordLog", "StableStorage", "Systemd", "TableCoding", "TableReading", argumentParser,
                lifecycle, logging, nioCore, nioPosix, yams,
            ]),
        program("annald", on: ["Daemon"]),
        program("annald-trials", on: ["Daemon", "Reading"]),
        program(
            "annalctl",
            on: [
                "Annals", "Archive", "Auditing", "Comparison", "ControlAPI", "ControlClient", "Definitions",
                "ArchiveAnswers",
                "Reading",
                "RecordLog",
                "StableStorage", "TableReading", argumentParser, yams,
            ]),

        // Simulated storage, clock and faults, for tests; and what tests of several targets need of the real ones.
        library("Simulation", on: ["StableStorage"]),
        library("TestSupport", on: ["Annals", "CLinux"]),

        // What must hold whatever fails, tried on simulated storage.
        library("Faults", on: ["Annals", "Archive", "RecordLog", "Simulation", "StableStorage", "TableCoding"]),
        program("annal-faults", on: ["Faults", argumentParser]),

        // Synthetic years, for trying and testing.
        library("SampleTables", on: []),
        program("annal-sample", on: ["SampleTables", argumentParser]),

        // For those who work on it.
        program(
            "annal-benchmark",
            on: [
                "Annals", "Archive", "Auditing", "Comparison", "Definitions", "Reading", "RecordLog", "SampleTables",
                "StableStorage", "TableCoding", "TableReading", argumentParser,
            ]),

        // Thin C modules.
        .target(name: "CLinux"),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        tests("AnnalsTests", on: ["Annals"]),
        tests(
            "ArchiveTests",
            on: [
                "Annals", "Archive", "Definitions", "RecordLog", "Simulation", "StableStorage", "TableCoding",
                "TestSupport",
            ],
            exclude: ["Logs"]),
        tests("AuditingTests", on: ["Annals", "Auditing"]),
        tests("BenchmarkTests", on: ["annal-benchmark"]),
        tests("ComparisonTests", on: ["Annals", "Comparison", "Definitions", "TestSupport"]),
        tests("ConformanceTests", on: ["RecordLog", "Simulation", "StableStorage", "TestSupport"]),
        tests("ControlAPITests", on: ["Annals", "ControlAPI"]),
        tests(
            "ControlServerTests",
            on: [
                "Annals", "Archive", "ControlAPI", "ControlClient", "ControlServer", "Definitions", "Reading",
                "RecordLog",
                "StableStorage", "TableCoding", "TableReading", "TestSupport", crypto, hummingbird, lifecycle, logging,
            ]),
        tests("CorpusTests", on: ["Annals", "Definitions", "TableReading", "TestSupport"], exclude: ["Inputs"]),
        tests(
            "CrossCheckTests", on: ["Annals", "Definitions", "TableReading", "TestSupport", subprocess, system],
            exclude: ["Python"]),
        tests(
            "DaemonTests",
            on: [
                "Annals", "Archive", "ControlAPI", "Daemon", "Definitions", "Inbox", "RecordLog", "StableStorage",
                "TableCoding", "TestSupport", logging,
            ]),
        tests("DefinitionsTests", on: ["Annals", "Definitions", "TestSupport"]),
        tests("FaultsTests", on: ["Faults", "Simulation"]),
        tests("InboxTests", on: ["Annals", "Inbox", crypto, system]),
        tests("RecordLogTests", on: ["RecordLog", "Simulation", "StableStorage", "TestSupport"]),
        tests("SimulationTests", on: ["Simulation", "StableStorage"]),
        tests("StableStorageTests", on: ["CLinux", "StableStorage", "TestSupport"]),
        tests("SystemTests", on: ["SampleTables", subprocess, system], exclude: ["Shim"]),
        tests("SystemdTests", on: ["Systemd"]),
        tests("TableCodingTests", on: ["Annals", "TableCoding", "TestSupport"]),
        tests("TableReadingTests", on: ["Annals", "Definitions", "TableReading", "TestSupport"]),
        tests("TidinessTests", on: []),
    ]
)

// Under libFuzzer, which only `make fuzz` links; ordinary builds don't know it.
if Context.environment["ANNAL_FUZZ"] != nil {
    package.targets += [
        program(
            "annal-fuzz",
            on: [
                "Annals", "Archive", "ControlAPI", "Definitions", "Reading", "RecordLog", "Simulation", "StableStorage",
                "TableCoding", "TableReading",
            ])
    ]
}
