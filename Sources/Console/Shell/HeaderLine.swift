import EnergyCore
import Services
import TerminalKit

/// The first row: where, which mode, what time, alarms, jobs, API, who.
@MainActor
struct HeaderLine {
    let shell: Shell

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let isWide = rect.width >= 120
        let right = isWide ? wideParts : narrowParts
        let width = right.reduce(0) { $0 + TextWidth.of($1.text) }
        let start = max(rect.x, rect.endX - width)
        let indent = isWide ? 1 : 0
        let path = shell.screen.path
        let title = ([header.accountName.isEmpty ? "FlexDeck" : header.accountName] + path).joined(
            separator: canvas.glyphs.breadcrumb)
        let role: Role = canvas.theme.showsAccountColours ? .headerAccount : .header
        canvas.text(title, x: rect.x + indent, y: rect.y, width: start - rect.x - indent - 1, role: role)
        if canvas.theme.showsAccountColours, let colour = header.accountColour {
            let width = min(TextWidth.of(header.accountName), max(0, start - rect.x - indent - 1))
            canvas.restyle(Rect(x: rect.x + indent, y: rect.y, width: width, height: 1), ground: colour)
        }
        canvas.spans(right, x: start, y: rect.y)
    }

    private var header: HeaderModel { shell.header }

    private var trouble: String? { shell.trouble }

    private var format: TimeFormat { TimeFormat(zone: shell.zone, now: shell.now) }

    private var mode: [Span] {
        if let frozen = shell.frozenAt { return [Span("FROZEN \(format.minute(frozen))", .headerMode)] }
        if case .asOf(let moment) = shell.belief {
            return [Span("\(shell.isPlaying ? "REPLAY" : "BELIEF") \(format.short(moment))", .headerMode)]
        }
        return [Span("LIVE", .header)]
    }

    private var rights: [Span] {
        let readOnly = shell.inputs.isReadOnly
        return [Span(readOnly ? "ro" : "rw", readOnly ? .headerMode : .header)]
    }

    private var narrowParts: [Span] {
        let now = shell.now
        var parts = mode + [Span(" \(format.minute(now)) \(format.offset(now)) ", .header)]
        parts.append(
            Span(
                " A\(header.alarms)",
                header.unacknowledged > 0 ? .alarm : header.alarms > 0 ? .alarmAcknowledged : .header))
        parts.append(Span(" W\(header.warnings)", header.warnings > 0 ? .warning : .header))
        parts.append(Span("  \(trouble ?? shell.options.apiText) ", trouble == nil ? .header : .warning))
        return parts + rights
    }

    private var wideParts: [Span] {
        let now = shell.now
        let clock = shell.showsSeconds ? format.second(now) : format.minute(now)
        var parts = mode + [Span("   \(format.longDay(now)) \(clock) \(format.offset(now))   ", .header)]
        parts.append(
            Span(
                "ALARM \(header.alarms)",
                header.unacknowledged > 0 ? .alarm : header.alarms > 0 ? .alarmAcknowledged : .header))
        parts.append(Span("  ", .header))
        parts.append(Span("WARN \(header.warnings)", header.warnings > 0 ? .warning : .header))
        parts.append(
            Span("   jobs \(header.running) run/\(header.failed) fail", header.failed > 0 ? .warning : .header))
        parts.append(Span("   \(trouble ?? "API \(shell.options.apiText)")", trouble == nil ? .header : .warning))
        parts.append(Span("   \(shell.caller.name ?? "operator") ", .header))
        return parts + rights + [Span(" ", .header)]
    }
}
