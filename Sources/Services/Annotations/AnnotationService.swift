import EnergyCore
import Store

/// Remarks about stretches of time, on accounts, assets and sensors.
package struct AnnotationService: Sendable {
    /// The kinds of remarks, as the API words them.
    package static let types = ["alert", "holiday", "label", "feedback", "warning", "error"]

    private static let longestContent = 1024

    let context: ServiceContext
    let sources: SourceService

    /// The remarks on a target that overlap a stretch of time, by start.
    package func annotations(
        on target: AnnotationTarget, from: Instant?, to: Instant?, as caller: Caller
    ) throws -> [Annotation] {
        try require(.read, on: target, caller)
        return try context.store.read { try $0.annotations(of: target, from: from, to: to) }
    }

    /// Stores a remark from fields named as in the API, and says whether it is new: the same remark is stored once.
    package func create(
        _ fields: JSONObject, on target: AnnotationTarget, as caller: Caller
    ) throws -> (annotation: Annotation, isNew: Bool) {
        var form = FieldForm(fields)
        let content = form.text("content", required: true, longest: Self.longestContent).value ?? ""
        let start = moment("start", required: true, &form)
        let end = moment("end", required: true, &form)
        let prior = moment("prior", required: false, &form)
        let type = form.text("type").value ?? "label"
        if !Self.types.contains(type) { form.refuse("type", FieldText.oneOf(Self.types)) }
        if let start, let end, end <= start { form.refuse("end", "end must be after start") }
        form.refuseUnknown()
        try form.errors.throwIfAny()
        try require(.createChildren, on: target, caller)
        let source = try sources.source(of: caller)
        guard let start, let end else { throw FieldErrors("start", FieldText.missing) }
        let annotation = Annotation(
            content: content, type: type, start: start, end: end, beliefTime: prior, sourceID: source.id,
            target: target)
        return try context.write { try $0.ensure(annotation) }
    }

    /// Removes a remark from its target.
    package func delete(_ id: Int, on target: AnnotationTarget, as caller: Caller) throws {
        try require(.update, on: target, caller)
        guard try context.write({ try $0.deleteAnnotation(id, of: target) }) else { throw NotFound(.annotation, id) }
    }

    private func require(_ permission: Permission, on target: AnnotationTarget, _ caller: Caller) throws {
        switch target {
        case .account(let id): _ = try context.account(id, for: permission, caller)
        case .asset(let id): _ = try context.asset(id, for: permission, caller)
        case .sensor(let id): _ = try context.sensor(id, for: permission, caller)
        }
    }

    private func moment(_ field: String, required: Bool, _ form: inout FieldForm) -> Instant? {
        let sent = form.read(field, required: required, or: "Not a valid datetime.") { $0.stringValue }
        guard let text = sent.value else { return nil }
        do throws(DateTimeTextError) {
            return try AwareDateTime(parsing: text).instant
        } catch {
            form.refuse(field, error.message)
            return nil
        }
    }
}
