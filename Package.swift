// swift-tools-version: 6.2
import PackageDescription

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let houseStyle: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Modules whose inner loops are fifty times slower unoptimised: no debug build should make a user or a test wait for them.
let numeric: Set<String> = ["Forecasting"]
let optimisedAlways: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let systemLibraries: [Target] = [
    // apt: coinor-libcbc-dev, coinor-libclp-dev
    .target(
        name: "CCoin",
        linkerSettings: ["CbcSolver", "Cbc", "Cgl", "OsiClp", "Clp", "Osi", "CoinUtils"].map { .linkedLibrary($0) }),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(
        name: "CNcurses",
        cSettings: [.define("NCURSES_WIDECHAR", to: "1")],
        linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
]

/// One row per module: its name and what it may use, lowest layer first.
let modules: [(name: String, uses: [Target.Dependency])] = [
    ("EnergyCore", []),
    ("SampleData", ["EnergyCore"]),
    ("Sheets", ["EnergyCore", "CZip", "CExpat"]),
    ("Optimizer", ["CCoin"]),
    ("Scheduling", ["EnergyCore", "Optimizer"]),
    ("Forecasting", ["EnergyCore"]),
    ("Store", ["EnergyCore", "CSQLite", grdb]),
    ("Services", ["EnergyCore", "Sheets", "Scheduling", "Forecasting", "Store", "CSodium", logging]),
    ("APIContract", ["EnergyCore"]),
    (
        "APIServer",
        [
            "Services", "APIContract", "EnergyCore", logging,
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]
    ),
    ("TerminalKit", []),
    ("TerminalCurses", ["TerminalKit", "CNcurses"]),
    ("Console", ["Services", "EnergyCore", "Scheduling", "Forecasting", "TerminalKit"]),
]

let program: (name: String, uses: [Target.Dependency]) = (
    "flexdeck",
    [
        "EnergyCore", "SampleData", "Sheets", "Scheduling", "Forecasting", "Store", "Services", "APIServer",
        "TerminalKit", "TerminalCurses", "Console", logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "TOMLKit", package: "TOMLKit"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
    ]
)

let testTargets: [(name: String, uses: [Target.Dependency], resources: [Resource])] = [
    ("EnergyCoreTests", ["EnergyCore", "TestSupport"], [.copy("Vectors")]),
    ("SheetsTests", ["Sheets", "EnergyCore", "TestSupport"], [.copy("Vectors")]),
    ("OptimizerTests", ["Optimizer"], []),
    ("SchedulingTests", ["Scheduling", "EnergyCore", "Optimizer", "TestSupport"], [.copy("Cases")]),
    ("ForecastingTests", ["Forecasting", "EnergyCore", "TestSupport"], []),
    ("StoreTests", ["Store", "EnergyCore", "TestSupport", grdb], []),
    ("ServicesTests", ["Services", "Store", "EnergyCore", "Sheets", "TestSupport", logging], [.copy("Vectors")]),
    (
        "ContractTests",
        [
            "APIServer", "APIContract", "Services", "Store", "EnergyCore", "TestSupport",
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"), logging,
        ], [.copy("Transcripts")]
    ),
    ("TerminalKitTests", ["TerminalKit"], []),
    (
        "ConsoleTests",
        ["Console", "Services", "Scheduling", "Store", "SampleData", "EnergyCore", "TerminalKit", "TestSupport"],
        [.copy("Snapshots")]
    ),
    ("SampleDataTests", ["SampleData", "EnergyCore"], []),
    ("ProgramTests", ["flexdeck", "EnergyCore", "TestSupport"], []),
    ("FaultTests", ["flexdeck", "Store", "EnergyCore", "TestSupport"], []),
    ("ArchitectureTests", [], []),
]

/// Folders of test targets that are not Swift.
let foreign = ["ContractTests": ["Clients"]]

/// Programs that print how fast we are beside what the parts below cost by themselves. Built only when asked for:
/// `FLEXDECK_ONLY=StoreBenchmark swift run -c release StoreBenchmark`.
let benchmarks: [(name: String, path: String, uses: [Target.Dependency])] = [
    ("CoreBenchmark", "Benchmarks/Core", ["Sheets", "EnergyCore"]),
    ("StoreBenchmark", "Benchmarks/Store", ["Services", "Sheets", "Store", "EnergyCore", "CSQLite", logging]),
    ("HTTPBenchmark", "Benchmarks/HTTP", ["APIServer", "Services", "Store", "EnergyCore", logging]),
    ("SchedulingBenchmark", "Benchmarks/Scheduling", ["Scheduling", "Optimizer", "EnergyCore"]),
    ("ConsoleBenchmark", "Benchmarks/Console", ["Store", "EnergyCore", "TestSupport"]),
]

/// `FLEXDECK_ONLY=Store,Scheduling swift test` builds only those modules, what they use, and their tests.
let wanted: Set<String>? = Context.environment["FLEXDECK_ONLY"].map { list in
    func name(of dependency: Target.Dependency) -> String? {
        if case .byNameItem(let name, _) = dependency { name } else { nil }
    }
    let uses = Dictionary(
        uniqueKeysWithValues: (modules + [program] + testTargets.map { (name: $0.name, uses: $0.uses) }
            + benchmarks.map { (name: $0.name, uses: $0.uses) })
            .map { ($0.name, $0.uses.compactMap(name(of:))) })
    let named = list.split(separator: ",").map(String.init)
    var found = Set<String>()
    var open = named + named.map { $0 + "Tests" }.filter { uses[$0] != nil }
    while let next = open.popLast() {
        if found.insert(next).inserted { open += uses[next] ?? [] }
    }
    return found.union(["EnergyCore"])
}

let allTargets: [Target] =
    systemLibraries
    + modules.map { module in
        .target(
            name: module.name, dependencies: module.uses,
            swiftSettings: houseStyle + (numeric.contains(module.name) ? optimisedAlways : []))
    }
    + [
        .executableTarget(name: program.name, dependencies: program.uses, swiftSettings: houseStyle),
        .target(
            name: "TestSupport", dependencies: ["EnergyCore"], path: "Tests/TestSupport", swiftSettings: houseStyle),
    ]
    + testTargets.map {
        .testTarget(
            name: $0.name, dependencies: $0.uses, exclude: foreign[$0.name] ?? [], resources: $0.resources,
            swiftSettings: houseStyle)
    }

let package = Package(
    name: "flexdeck",
    products: wanted.map { $0.contains("flexdeck") } ?? true
        ? [.executable(name: "flexdeck", targets: ["flexdeck"])] : [],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: allTargets.filter { wanted?.contains($0.name) ?? true }
        + benchmarks.filter { wanted?.contains($0.name) ?? false }.map {
            .executableTarget(name: $0.name, dependencies: $0.uses, path: $0.path, swiftSettings: houseStyle)
        },
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
