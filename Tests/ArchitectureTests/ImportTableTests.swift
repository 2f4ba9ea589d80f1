import Foundation
import Testing

/// The modules a piece of Swift source imports, whatever attributes and access levels stand before `import`.
func importedModules(in source: String) -> [String] {
    source.split(separator: "\n").compactMap { line in
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
        let prefixes: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        while let first = words.first, first.hasPrefix("@") || prefixes.contains(first) { words.removeFirst() }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        if let first = words.first, kinds.contains(first) { words.removeFirst() }
        return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }
}

/// What is wrong with the imports of one source file of a module; empty when nothing is.
func forbiddenImports(module: String, source: String) -> [String] {
    let allowed = allowedImports[module] ?? []
    return importedModules(in: source).filter { !allowed.contains($0) && !platformModules.contains($0) }
}

@Suite("Imports go down the table of layers")
struct ImportTableTests {
    static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    static func swiftFiles(of module: String) -> [URL] {
        let folder = sources.appendingPathComponent(module)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }

    @Test("no source file imports a module its own may not use", arguments: allowedImports.keys.sorted())
    func imports(module: String) throws {
        let files = Self.swiftFiles(of: module)
        #expect(!files.isEmpty)
        for file in files {
            let source = try String(contentsOf: file, encoding: .utf8)
            #expect(forbiddenImports(module: module, source: source) == [], "\(file.lastPathComponent)")
        }
    }

    @Test("every Swift module of the package has a row in the table")
    func complete() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
        let swiftModules = folders.filter { !Self.swiftFiles(of: $0).isEmpty }
        #expect(Set(swiftModules) == Set(allowedImports.keys))
    }

    @Test("a forbidden import is found, in every spelling of the statement")
    func finds() {
        #expect(forbiddenImports(module: "TerminalKit", source: "import EnergyCore") == ["EnergyCore"])
        #expect(forbiddenImports(module: "APIServer", source: "@testable import Store\n") == ["Store"])
        #expect(
            forbiddenImports(module: "Optimizer", source: "package import struct EnergyCore.Unit") == ["EnergyCore"])
        #expect(forbiddenImports(module: "Scheduling", source: "import Optimizer // and nothing else\nlet x = 1") == [])
    }
}
