import EnergyCore

/// The pages of the manual whose tables of flex fields are made from what the program reads.
enum FlexPages {
    static let groups: [String: [FlexFieldGroup]] = [
        "flex-model": FlexModel.reference, "flex-context": FlexContext.reference, "processes": ProcessModel.reference,
    ]

    /// A page with its tables made anew.
    static func page(_ topic: String, from text: String) -> String {
        groups[topic].map { FlexFieldGroup.page(text, groups: $0) } ?? text
    }
}
