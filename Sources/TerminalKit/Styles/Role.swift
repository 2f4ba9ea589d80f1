/// What a piece of the picture means; a theme says how that looks. The raw values are the names in theme files.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case normal
    case secondary
    case strong
    case heading
    case title
    case titleFocused = "title-focused"
    case rule
    case ruleFocused = "rule-focused"
    case columnHead = "column-head"
    case selection
    case marked
    case match
    case header
    case headerMode = "header-mode"
    case headerAccount = "header-account"
    case tab
    case tabActive = "tab-active"
    case message
    case error
    case key
    case keyText = "key-text"
    case disabled
    case measured
    case plan
    case forecast
    case other
    case band
    case negative
    case axis
    case zero
    case limit
    case now
    case cursor
    case bar
    case heat
    case warning
    case alarm
    case alarmAcknowledged = "alarm-acknowledged"
    case stale
    case field
    case fieldFocused = "field-focused"
    case fieldError = "field-error"
    case dialog
    case dialogTitle = "dialog-title"
    case button
    case buttonFocused = "button-focused"
    case progress

    /// Where a theme that does not mention this role looks next; nil only for `normal`.
    package var parent: Role? {
        switch self {
        case .normal: nil
        case .title, .titleFocused, .dialogTitle: .heading
        case .ruleFocused: .rule
        case .headerMode, .headerAccount: .header
        case .tabActive: .tab
        case .key: .strong
        case .keyText, .disabled, .columnHead, .stale, .forecast, .other, .axis, .band: .secondary
        case .alarmAcknowledged: .alarm
        case .error: .alarm
        case .fieldFocused, .buttonFocused: .selection
        case .fieldError: .warning
        case .marked, .match: .strong
        case .plan: .strong
        case .zero, .limit, .now: .axis
        case .heat, .progress: .bar
        case .negative: .secondary
        default: .normal
        }
    }
}
