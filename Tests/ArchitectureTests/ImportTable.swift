/// Which modules of the package each module may import; everything else is forbidden.
let allowedImports: [String: Set<String>] = [
    "EnergyCore": [],
    "SampleData": ["EnergyCore"],
    "Sheets": ["EnergyCore", "CZip", "CExpat"],
    "Optimizer": ["CCoin"],
    "Scheduling": ["EnergyCore", "Optimizer"],
    "Forecasting": ["EnergyCore"],
    "Store": ["EnergyCore", "CSQLite", "GRDB"],
    "Services": ["EnergyCore", "Sheets", "Scheduling", "Forecasting", "Store", "CSodium", "Logging"],
    "APIContract": ["EnergyCore"],
    "APIServer": [
        "Services", "APIContract", "EnergyCore", "Scheduling", "Forecasting", "Logging", "HummingbirdCore",
        "NIOCore", "NIOPosix", "NIOHTTP1", "ServiceLifecycle", "UnixSignals",
    ],
    "TerminalKit": [],
    "TerminalCurses": ["TerminalKit", "CNcurses"],
    "Console": ["Services", "EnergyCore", "Scheduling", "Forecasting", "TerminalKit"],
    "flexdeck": [
        "EnergyCore", "SampleData", "Sheets", "Scheduling", "Forecasting", "Store", "Services", "APIServer",
        "TerminalKit",
        "TerminalCurses", "Console", "Logging", "ArgumentParser", "TOMLKit", "ServiceLifecycle", "UnixSignals",
    ],
]

/// What comes with the toolchain and the system; anybody may use it.
let platformModules: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization", "Swift",
]
