import EnergyCore
import Services
import TerminalKit

/// Asks a newcomer for a first site, makes it and plans its battery.
@MainActor
enum FirstSiteForm {
    /// `:first-site`
    static let command = ConsoleCommand("first-site", "", "make a site with battery, PV and prices, and plan it") {
        _, situation in
        if let reason = situation.inputs.readOnlyReason { return [.message(reason)] }
        return [.overlay(overlay(situation.inputs))]
    }

    static func overlay(_ inputs: ScreenInputs) -> FormOverlay {
        let intro = [
            "Three questions make a site with a battery, PV and prices, and its first plan. Everything can be "
                + "changed later;"
                + " Esc leaves the store empty."
        ]
        return FormOverlay(title: "FIRST SITE", fields: fields, intro: intro, button: "Make and plan", labelWidth: 12) {
            form, overlay in
            let answers = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.id, $0.value.trimmed) })
            let site: FirstSite
            do throws(FieldErrors) { site = try FirstSite(answers: answers) } catch {
                overlay.show(error)
                return []
            }
            make(site, overlay, inputs)
            return []
        }
    }

    private static var fields: [FormField] {
        let name = FormField(id: "name", label: "Name", value: FirstSite().name, section: FirstSite.firstSection)
        return [name]
            + FirstSite.questions.map { question in
                FormField(
                    id: question.id, label: question.label, value: FirstSite.suggestion(for: question),
                    note: question.unit,
                    section: question.section)
            }
    }

    private static func make(_ site: FirstSite, _ overlay: FormOverlay, _ inputs: ScreenInputs) {
        let data = inputs.data
        overlay.begin("making the site")
        inputs.loader.begin()
        inputs.loader.run({ try data.services.firstRun.build(site, as: data.caller) }) { [weak overlay] result in
            switch result {
            case .failure(let error): overlay?.show(error)
            case .success(let made):
                overlay?.finish(
                    "",
                    then: [
                        .open(.graphs, Place(asset: made.battery)),
                        .chart(.pan(quartersGone(inputs))),
                        .follow(title: "first plan of \(site.name)") { _ in made.job },
                    ])
            }
            inputs.loader.end()
        }
    }

    /// Quarters of today's window that lie behind: the plan reaches from now into tomorrow, and should be seen.
    private static func quartersGone(_ inputs: ScreenInputs) -> Int {
        let midnight = inputs.zone.startOfDay(containing: inputs.now)
        return Int((inputs.now - midnight).inHours / 6)
    }
}
