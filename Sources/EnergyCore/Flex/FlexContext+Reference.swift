extension FlexContext {
    /// All fields of a flex-context, for the manual; those of its commitments in a group of their own.
    package static let reference: [FlexFieldGroup] = [
        energy, connection, softLimits, relaxing, neighbours, others, positions,
    ]

    private static let energy = FlexFieldGroup(
        title: "Energy",
        fields: [
            FlexField(
                "consumption-price", FlexField.varying, of: .pricePerEnergy, standard: "required",
                "price of what the site consumes in all"),
            FlexField(
                "production-price", FlexField.varying, of: .pricePerEnergy, standard: "`consumption-price`",
                "what the site earns with what it produces in all"),
            FlexField("consumption-price-sensor", [.sensorID], "old spelling of `consumption-price`"),
            FlexField("production-price-sensor", [.sensorID], "old spelling of `production-price`"),
        ])

    private static let connection = FlexFieldGroup(
        title: "The connection",
        fields: [
            FlexField(
                "site-power-capacity", FlexField.varying, of: .power, limit: .notNegative, standard: "none",
                "limit both ways, always hard"),
            FlexField(
                "site-consumption-capacity", FlexField.varying, of: .power, limit: .notNegative,
                standard: "`site-power-capacity`",
                "limit on consumption, hard unless it has a breach price"),
            FlexField(
                "site-production-capacity", FlexField.varying, of: .power, limit: .notNegative,
                standard: "`site-power-capacity`",
                "limit on production, hard unless it has a breach price"),
            FlexField(
                "site-consumption-breach-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                standard: "none",
                "price of exceeding the limit on consumption"),
            FlexField(
                "site-production-breach-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                standard: "none",
                "price of exceeding the limit on production"),
            FlexField(
                "site-peak-consumption-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                standard: "none",
                "price of the highest consumption, above the peak so far"),
            FlexField(
                "site-peak-production-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                standard: "none",
                "price of the highest production, above the peak so far"),
            FlexField(
                "site-peak-consumption", FlexField.varying, of: .power, limit: .notNegative, standard: "`0 kW`",
                "peak that was reached and is paid for already"),
            FlexField(
                "site-peak-production", FlexField.varying, of: .power, limit: .notNegative, standard: "`0 kW`",
                "the same for production"),
        ])

    private static let softLimits = FlexFieldGroup(
        title: "Soft limits of devices",
        fields: [
            FlexField(
                "consumption-breach-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                "makes `consumption-capacity` of each device soft"),
            FlexField(
                "production-breach-price", FlexField.varying, of: .pricePerPower, limit: .notNegative,
                "makes `production-capacity` soft"),
            FlexField(
                "soc-minima-breach-price", FlexField.varying, of: .pricePerEnergy, limit: .notNegative,
                "makes `soc-minima` soft"),
            FlexField(
                "soc-maxima-breach-price", FlexField.varying, of: .pricePerEnergy, limit: .notNegative,
                "makes `soc-maxima` soft"),
            FlexField(
                "soc-targets-breach-price", FlexField.varying, of: .pricePerEnergy, limit: .notNegative,
                "makes `soc-targets` soft, both ways"),
        ])

    private static let relaxing = FlexFieldGroup(
        title: "Relaxing limits",
        fields: [
            FlexField(
                "relax-soc-constraints", [.flag], standard: "false", "sets both prices of the stock to 1000 per kWh"),
            FlexField(
                "relax-capacity-constraints", [.flag], standard: "false",
                "sets both prices of device capacities to 100 per kW"),
            FlexField(
                "relax-site-capacity-constraints", [.flag], standard: "false",
                "sets both breach prices of the site to 10000 per kW"),
            FlexField(
                "relax-constraints", [.flag], standard: "false",
                "sets each of these pairs of which no price is given"),
        ])

    private static let neighbours = FlexFieldGroup(
        title: "Neighbours",
        fields: [
            FlexField(
                "inflexible-device-sensors", [.sensorIDs],
                "known flows at the connection; the sign is that of each sensor"),
            FlexField(
                "inflexible-consumption", [.sensorReferences], "the same, counted as consumption"),
            FlexField("inflexible-production", [.sensorReferences], "the same, counted as production"),
            FlexField("aggregate-power", [.sensor], of: .power, "takes the sum of all devices, known ones included"),
            FlexField(
                "aggregate-consumption", [.sensor], of: .power,
                "takes that sum with consumption positive; only what is consumed if `aggregate-production` is given too"
            ),
            FlexField(
                "aggregate-production", [.sensor], of: .power,
                "takes that sum with production positive; only what is produced if `aggregate-consumption` is given too"
            ),
        ])

    private static let others = FlexFieldGroup(
        title: "Lists",
        fields: [
            FlexField("commodities", [.objects], "contexts for what else than electricity flows at the site"),
            FlexField("commitments", [.objects], "positions to keep, and what it costs to leave them"),
        ])

    private static let positions = FlexFieldGroup(
        title: "Commitments",
        fields: [
            FlexField("name", [.text], standard: "required", "under which costs are reported"),
            FlexField(
                "baseline", FlexField.varying, of: .power, standard: "`0 kW`",
                "what was promised; steps without a value have no commitment"),
            FlexField(
                "up-price", FlexField.varying, of: .pricePerEnergy, standard: "0",
                "price of being above; per power it counts in every step, per energy for the length of the step"),
            FlexField(
                "down-price", FlexField.varying, of: .pricePerEnergy, standard: "0",
                "price of what lies below, taken negatively: a penalty for falling short is negative"),
            FlexField("sensors", [.sensorIDs], standard: "all", "the devices whose sum it is about"),
            FlexField("group", [.group], "the group that it is about"),
            FlexField("commodity", [.text], standard: "`electricity`", "the devices of another commodity"),
        ])
}
