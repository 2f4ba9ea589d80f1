extension FlexModel {
    /// All fields of a storage device, for the manual.
    package static let reference: [FlexFieldGroup] = [stock, power, links, neighbours, preferences]

    private static let stock = FlexFieldGroup(
        title: "Stock",
        fields: [
            FlexField(
                "soc-at-start", FlexField.varyingNumber, of: .energy, standard: "see below",
                "stock at the start; without one the device has no stock at all"),
            FlexField(
                "soc-unit", [.choice(["kWh", "MWh"])], standard: "from the power sensor",
                "unit of plain numbers; better write the unit beside each"),
            FlexField("soc-min", [.quantity, .number], of: .energy, limit: .notNegative, standard: "0", "never below"),
            FlexField("soc-max", [.quantity, .number], of: .energy, standard: "highest target", "never above"),
            FlexField(
                "soc-minima", FlexField.varyingNumber, of: .energy, standard: "none",
                "at least this much at these moments; soft if `soc-minima-breach-price` is set"),
            FlexField(
                "soc-maxima", FlexField.varyingNumber, of: .energy, standard: "none",
                "at most this much; soft if `soc-maxima-breach-price` is set"),
            FlexField(
                "soc-targets", [.sensor, .segments], of: .energy, standard: "none",
                "exactly this much; hard unless `soc-targets-breach-price` is set"),
            FlexField(
                "soc-gain", [.parts], of: .power, standard: "none", "flows into the stock by itself; the parts add up"),
            FlexField(
                "soc-usage", [.parts], of: .power, standard: "none", "is taken out of the stock; the parts add up"),
            FlexField(
                "state-of-charge", [.sensor], of: .energy, standard: "none",
                "takes the planned stock, from start to end; an instantaneous sensor"),
            FlexField(
                "storage-efficiency", FlexField.varyingNumber, of: .ratio, limit: .positive,
                standard: "100%",
                "what remains after one resolution of the power sensor"),
        ])

    private static let power = FlexFieldGroup(
        title: "Power",
        fields: [
            FlexField(
                "power-capacity", FlexField.varying, of: .power, standard: "attribute or field `site-power-capacity`",
                "limit in both directions, always hard; required"),
            FlexField(
                "consumption-capacity", FlexField.varying, of: .power, standard: "`power-capacity`",
                "limit when consuming; soft if `consumption-breach-price` is set"),
            FlexField(
                "production-capacity", FlexField.varying, of: .power, standard: "`power-capacity`",
                "limit when producing; soft if `production-breach-price` is set"),
            FlexField(
                "charging-efficiency", FlexField.varyingNumber, of: .ratio, limit: .notNegative,
                standard: "100%",
                "stock per energy consumed; above 100% for heat pumps"),
            FlexField(
                "discharging-efficiency", FlexField.varyingNumber, of: .ratio, limit: .positive,
                standard: "100%",
                "energy produced per stock"),
            FlexField(
                "roundtrip-efficiency", [.quantity, .number], of: .ratio, limit: .share, standard: "100%",
                "the square root of it in each direction; not together with the two above"),
        ])

    private static let links = FlexFieldGroup(
        title: "Ties between devices",
        fields: [
            FlexField(
                "commodity", [.text], standard: "`electricity`",
                "what the device takes or gives at its sensor, see `flexdeck help flex-context`"),
            FlexField(
                "coupling", [.text], standard: "none",
                "devices of the same name move in proportion, such as the sides of a heat pump"),
            FlexField(
                "coupling-coefficient", [.quantity, .number], of: .ratio, limit: .positive, standard: "1",
                "the device's part of the common level"),
            FlexField(
                "group", [.group], standard: "none", "the entry of the list that limits the sum of its members"),
            FlexField(
                "operation-modes", [.objects], standard: "none",
                "bands of power; the device is in exactly one of them in every step"),
        ])

    private static let neighbours = FlexFieldGroup(
        title: "Outputs and known flows",
        fields: [
            FlexField(
                "consumption", [.sensor], of: .power, standard: "none",
                "takes the planned power with consumption positive; only what is consumed if `production` is given too"),
            FlexField(
                "production", [.sensor], of: .power, standard: "none",
                "takes the planned power with production positive; only what is produced if `consumption` is given too"),
            FlexField(
                "inflexible-consumption", [.sensorReferences], standard: "none",
                "known flows of the asset, counted as consumption"),
            FlexField(
                "inflexible-production", [.sensorReferences], standard: "none",
                "known flows of the asset, counted as production"),
        ])

    private static let preferences = FlexFieldGroup(
        title: "Preferences",
        fields: [
            FlexField(
                "prefer-charging-sooner", [.flag], standard: "true", "of equally cheap plans, charge early"),
            FlexField(
                "prefer-curtailing-later", [.flag], standard: "true",
                "of equally cheap plans, produce early and curtail late"),
        ])
}

extension ProcessModel {
    /// All fields of a process, for the manual.
    package static let reference = [
        FlexFieldGroup(
            title: "Processes",
            fields: [
                FlexField(
                    "power", [.quantity, .number], of: .power, standard: "required",
                    "power while it runs; a plain number is in the sensor's unit"),
                FlexField(
                    "duration", [.duration], standard: "required",
                    "how long it runs in all; rounded up to whole steps"),
                FlexField(
                    "process-type", [.choice(Kind.allCases.map(\.rawValue))],
                    standard: "attribute of sensor or asset, else `INFLEXIBLE`", "see below"),
                FlexField("time-restrictions", [.objects], standard: "none", "no step may begin inside"),
                FlexField(
                    "optimization-sense", [.choice(["MIN", "MAX"])], standard: "`MIN`",
                    "seek the cheapest times, or the dearest"),
            ])
    ]
}
