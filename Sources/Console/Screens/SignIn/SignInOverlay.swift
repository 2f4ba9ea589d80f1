import EnergyCore
import Services
import TerminalKit

/// Asks who is there; the console then works with that user's rights.
@MainActor
enum SignIn {
    static func overlay(_ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "email", label: "e-mail"), FormField(id: "password", label: "password", kind: .secret),
        ]
        let store = inputs.data.services.context.store.path
        return FormOverlay(
            title: "SIGN IN", fields: fields, intro: ["store  \(store.split(separator: "/").last ?? "")"],
            button: "Sign in", labelWidth: 10
        ) { form, overlay in
            let (email, password) = (form.value("email").trimmed, form.value("password"))
            let data = inputs.data
            overlay.begin("signing in")
            inputs.loader.run({
                try data.services.access.signInInteractively(email: email, password: password, origin: .console)
            }) { result in
                switch result {
                case .success(let caller): overlay.finish("", then: [.signIn(caller)])
                case .failure(let error): overlay.show(error)
                }
            }
            return []
        }
    }
}
