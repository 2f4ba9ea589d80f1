import APIContract
import EnergyCore
import Sheets
import TerminalKit

/// The parser under test, chosen when the program is built.
private let target = CompiledTarget.name

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    switch target {
    case "json": fuzzJSON(bytes)
    case "iso": fuzzTimes(String(decoding: bytes, as: UTF8.self))
    case "unit": fuzzUnit(String(decoding: bytes, as: UTF8.self))
    case "upload": fuzzUpload(bytes)
    case "xlsx": fuzzWorkbook(bytes)
    case "flex": fuzzFlex(bytes)
    case "query": fuzzQuery(bytes)
    case "form": fuzzForm(bytes)
    case "files": fuzzFiles(String(decoding: bytes, as: UTF8.self))
    case "keys": fuzzKeys(String(decoding: bytes, as: UTF8.self))
    case "world": fuzzWorld(bytes)
    default: fuzzRows(bytes)
    }
    return 0
}

/// What reads must write and read again as the same.
private func fuzzJSON(_ bytes: [UInt8]) {
    _ = try? JSONDocument(parsing: bytes, columns: ["values"])
    guard let value = try? JSONValue(parsing: bytes) else { return }
    let again = try? JSONValue(parsing: value.bytes(.text))
    precondition(again == value, "JSON does not survive writing")
    _ = value.recordText
}

private func fuzzTimes(_ text: String) {
    if let moment = try? AwareDateTime(parsing: text) {
        let again = try? AwareDateTime(parsing: moment.text)
        // Dates at the very ends of the calendar may move beyond it by their offset.
        precondition(again == nil || again == moment, "a datetime does not survive writing")
    }
    _ = CivilDate(parsing: text)
    _ = TimeSpan(frequency: text)
    if let duration = try? ISODuration(parsingAnyLength: text) {
        _ = duration.grounded(from: Instant(seconds: 1_711_843_200), in: .utc)
        _ = duration.text(.days, signed: true)
        _ = duration.span.clockText + duration.span.longWords + duration.span.shortWords
    }
}

private func fuzzUnit(_ text: String) {
    guard let unit = try? Unit(parsing: text) else { return }
    _ = unit.description
    _ = Unit.dimensionWord(text)
    _ = UnitRules.accepts(text, for: "kW", duration: .minutes(15))
    _ = try? Unit.conversion(from: text, to: "kW", duration: .minutes(15))
    _ = Unit.smallestCommon([text, "kW"])
}

private func fuzzRows(_ bytes: [UInt8]) {
    try? SheetReader.forEachRow(of: .bytes(bytes)) { row throws(SheetFault) in
        for index in 0..<row.count { _ = row.text(index) }
    }
}

private func fuzzUpload(_ bytes: [UInt8]) {
    guard let zone = Zone.named("Europe/Amsterdam") else { return }
    for (unit, resolution) in [("kWh", TimeSpan.minutes(15)), ("kWh", .days(1)), ("°C", .zero)] {
        let sensor = Sensor(
            id: 1, name: "s", assetID: 1, unit: unit, resolution: resolution, timezone: zone.name)
        guard let upload = try? Upload(.bytes(bytes), UploadOptions(sensor: sensor, zone: zone)) else { return }
        try? upload.read { batch in
            precondition(batch.values.allSatisfy { !$0.isNaN }, "a gap was delivered")
        }
    }
}

/// Raw bytes as an archive, and as the worksheet of a sound one.
private func fuzzWorkbook(_ bytes: [UInt8]) {
    fuzzRows([0x50, 0x4B] + bytes)
    fuzzRows(StoredZip.workbook(sheet: bytes))
}
