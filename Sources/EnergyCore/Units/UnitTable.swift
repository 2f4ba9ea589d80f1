/// The units known by name. One line per unit: its size in base units (kg, m, s, A, K, mol, cd), its symbol, and its
/// other names, the full name first. Lines with `=` begin a new dimension.
enum UnitTable {
    static let definitions = """
        = m
        1 m meter metre
        1e-10 Å angstrom ångström
        1e-6 µ micron μ
        1852 nmi nautical_mile
        9460730472580800 ly light_year lightyear
        149597870700 au astronomical_unit
        0.0254 in inch international_inch inches international_inches
        0.3048 ft foot international_foot feet international_feet
        0.9144 yd yard international_yard
        1609.344 mi mile international_mile
        1200/3937 sft survey_foot
        7200/3937 fathom
        0.0000254 th thou mil_length
        1e-15 fm fermi
        0.0254/96 px css_pixel
        0.0254/72 pp point printers_point big_point bp
        = s
        1 s second sec
        60 min minute
        3600 h hour hr
        86400 d day
        604800 week
        1209600 fortnight
        31557600 a year yr julian_year
        31556952 gregorian_year
        31536000 common_year
        31622400 leap_year
        2629800 month
        3155760000 century centuries
        31557600000 millennium millennia
        = A
        1 A ampere amp
        1 At ampere_turn
        = cd
        1 cd candela candle
        1 lm lumen
        = kg
        0.001 g gram
        1000 t metric_ton tonne
        0.00006479891 gr grain
        0.0002 ct carat
        0.028349523125 oz ounce avoirdupois_ounce avdp_ounce
        0.45359237 lb pound avoirdupois_pound avdp_pound
        6.35029318 stone
        45.359237 cwt hundredweight short_hundredweight
        50.80234544 long_hundredweight UK_hundredweight UK_cwt
        907.18474 ton short_ton US_ton
        1016.0469088 long_ton UK_ton
        1.66053906660e-27 u unified_atomic_mass_unit amu
        1.66053906660e-27 Da dalton
        = mol
        1 mol mole
        = K
        1 K kelvin degK °K degree_Kelvin degreeK
        1 Δ°C delta_degree_Celsius
        5/9 Δ°F delta_degree_Fahrenheit
        5/9 °R degree_Rankine rankine degR degreeR
        = 1
        1 rad radian
        1 bit
        1 count
        3.141592653589793 π pi
        6.283185307179586 turn revolution cycle circle
        0.017453292519943295 deg degree arcdeg arcdegree angular_degree
        0.0002908882086657216 arcmin arcminute arc_minute angular_minute
        4.84813681109536e-06 arcsec arcsecond arc_second angular_second
        0.015707963267948967 grad grade gon gradian
        1 sr steradian
        8 B byte octet
        1/100 % percent
        1/1000 ‰ permille
        1e-6 ppm
        1 ε strain ϵ
        1 RIU refractive_index_unit
        1 AU absorbance_unit
        = m s-1
        299792458 c speed_of_light c_0
        1852/3600 kn knot kt knot_international international_knot
        0.44704 mph mile_per_hour MPH
        1000/3600 kph kilometer_per_hour KPH
        1000 kps kilometer_per_second
        1 mps meter_per_second
        0.3048 fps foot_per_second
        = m s-2
        9.80665 g_0 standard_gravity g0 g_n gravity
        0.01 Gal galileo
        = kg m2 s-1
        6.62607015e-34 ℎ planck_constant
        1.0545718176461565e-34 ħ hbar dirac_constant atomic_unit_of_action a_u_action
        = s A
        1.602176634e-19 e elementary_charge
        1 C coulomb
        3600 Ah ampere_hour
        96485.33212331001 faraday
        = kg m2 s-2 K-1
        1.380649e-23 k boltzmann_constant k_B
        = kg m-1 s-2
        101325 atm standard_atmosphere atmosphere
        1 Pa pascal
        0.1 Ba barye barie barad barrie baryd
        100000 bar
        98066.5 at technical_atmosphere
        101325/760 torr
        6894.757293168361 psi pound_force_per_square_inch
        6894757.293168361 ksi kip_per_square_inch
        133322.387415 mHg meter_Hg m_Hg
        3386.3886403410 inHg inch_Hg in_Hg inchesHg inches_Hg
        9806.65 mH2O meter_H2O m_H2O
        249.08891 inH2O inch_H2O in_H2O inchesH2O inches_H2O
        0.00002 SPL sound_pressure_level
        = s-1
        1 Bd baud bps
        1 Hz hertz
        0.10471975511965977 rpm revolutions_per_minute
        6.283185307179586 rps revolutions_per_second
        1 cps counts_per_second
        1 Bq becquerel
        3.7e10 Ci curie
        = m2
        100 are
        10000 ha hectare
        1e-28 b barn
        4046.872609874252 acre
        0.00064516 sq_in square_inch square_inches
        0.09290304 sq_ft square_foot square_feet
        0.83612736 sq_yd square_yard
        2589988.110336 sq_mi square_mile
        = m3
        0.001 l liter L ℓ litre
        0.000001 cc cubic_centimeter
        1e-9 λ lambda
        1 stere
        0.000016387064 cu_in cubic_inch
        0.028316846592 cu_ft cubic_foot cubic_feet
        0.764554857984 cu_yd cubic_yard
        0.0000295735295625 floz fluid_ounce US_fluid_ounce US_liquid_ounce
        0.0002365882365 cp cup liquid_cup US_liquid_cup
        0.000473176473 pt pint liquid_pint US_pint
        0.000946352946 qt quart liquid_quart US_liquid_quart
        0.003785411784 gal gallon liquid_gallon US_liquid_gallon
        0.119240471196 bbl barrel
        0.158987294928 oil_bbl oil_barrel
        0.03523907016688 bu bushel
        0.0000284130625 imperial_floz imperial_fluid_ounce UK_fluid_ounce
        0.00056826125 imperial_pt imperial_pint UK_pint
        0.0011365225 imperial_qt imperial_quart UK_quart
        0.00454609 imperial_gal imperial_gallon UK_gallon
        1233.4892384681 acre_foot acre_feet
        = m3 s-1
        1000000 sv sverdrup
        = m-1
        100 cm_1 reciprocal_centimeter kayser
        = kg m s-2
        1 N newton
        0.00001 dyn dyne
        9.80665 kgf force_kilogram kilogram_force
        0.00980665 gf force_gram gram_force pond
        9806.65 tf force_metric_ton metric_ton_force force_t t_force
        4.4482216152605 lbf force_pound pound_force
        4448.2216152605 kip
        = kg m2 s-2
        1 J joule
        1e-7 erg
        3600 Wh watt_hour watthour
        1.602176634e-19 eV electron_volt electronvolt
        4.184 cal calorie thermochemical_calorie cal_th
        4.1868 cal_it international_calorie international_steam_table_calorie
        4.1855 cal_15 fifteen_degree_calorie
        1055.056 Btu british_thermal_unit BTU Btu_iso
        1055.05585262 Btu_it international_british_thermal_unit
        1054.3502644888888 Btu_th thermochemical_british_thermal_unit
        1.055056e18 quad quadrillion_Btu
        105505600 thm therm EC_therm
        105480400 US_therm
        4184000000 tTNT ton_TNT
        41868000000 toe tonne_of_oil_equivalent
        101.325 atm_l atmosphere_liter
        1.3558179483314004 ft_lb foot_pound footpound
        2.1798723611035e-18 Ry rydberg
        4.359744722207e-18 E_h hartree Eh hartree_energy
        = kg m2 s-3
        1 W watt
        1 VA volt_ampere
        745.6998715822702 hp horsepower UK_horsepower hydraulic_horsepower
        735.49875 metric_horsepower
        746 electrical_horsepower
        35317999.6/3600 boiler_horsepower
        3516.853333333333 refrigeration_ton ton_of_refrigeration
        4396.066666666667 cooling_tower_ton
        1.68875 slpm standard_liter_per_minute slm
        = kg m-1 s-1
        0.1 P poise
        = m2 s-1
        0.0001 St stokes
        = mol m-3
        1000 M molar
        = mol s-1
        1 kat katal
        1e-6/60 U enzyme_unit enzymeunit
        = mol-1
        6.02214076e23 N_A avogadro_number avogadro_constant
        = kg m2 s-2 K-1 mol-1
        8.31446261815324 R molar_gas_constant
        = m3 kg-1 s-2
        6.6743e-11 gravitational_constant newtonian_constant_of_gravitation
        = m2 s-2
        1 Gy gray
        1 Sv sievert
        0.01 rads
        0.01 rem
        = kg s-2
        3600000 PSH peak_sun_hour
        41840 Ly langley
        = cd m-2
        1 lx lux
        1 nit
        10000 stilb
        = kg m2 s-3 A-1
        1 V volt
        = kg m2 s-3 A-2
        1 Ω ohm
        = A2 s3 kg-1 m-2
        1 S siemens mho
        = A2 s4 kg-1 m-2
        1 F farad
        = kg m2 s-2 A-1
        1 Wb weber
        = kg m2 s-2 A-2
        1 H henry
        = kg s-2 A-1
        1 T tesla
        1e-9 γ gamma
        = kg m-1
        1e-6 Tt tex
        = m kg-1
        1000 Nm number_meter
        = p
        1 pixel dot pel picture_element
        = p m-1
        100 PPCM pixels_per_centimeter
        1/0.0254 PPI pixels_per_inch dots_per_inch ppi DPI printers_dpi
        """

    /// Prefixes in the order in which they are tried: full name, symbol, other spellings, size.
    static let prefixes = """
        quecto q 1e-30
        ronto r 1e-27
        yocto y 1e-24
        zepto z 1e-21
        atto a 1e-18
        femto f 1e-15
        pico p 1e-12
        nano n 1e-9
        micro µ μ u mu mc 1e-6
        milli m 1e-3
        centi c 1e-2
        deci d 1e-1
        deca da deka 1e1
        hecto h 1e2
        kilo k 1e3
        mega M 1e6
        giga G 1e9
        tera T 1e12
        peta P 1e15
        exa E 1e18
        zetta Z 1e21
        yotta Y 1e24
        ronna R 1e27
        quetta Q 1e30
        kibi Ki 1024
        mebi Mi 1048576
        gibi Gi 1073741824
        tebi Ti 1099511627776
        pebi Pi 1125899906842624
        exbi Ei 1152921504606846976
        zebi Zi 1180591620717411303424
        yobi Yi 1208925819614629174706176
        semi demi 0.5
        sesqui sesqui 1.5
        """

    /// Temperatures with an offset: names, size of a degree, zero point in kelvin.
    static let temperatures: [(names: [String], size: Ratio, zero: Double)] = [
        (["°C", "degree_Celsius", "celsius", "degC", "degreeC"], .one, 273.15),
        (["°F", "degree_Fahrenheit", "fahrenheit", "degF", "degreeF"], Ratio(5, 9), 233.15 + 200.0 / 9),
        (["°Re", "degree_Reaumur", "reaumur", "degRe", "degreeRe", "degree_Réaumur", "réaumur"], Ratio(5, 4), 273.15),
    ]

    /// Logarithmic units are known by name but convert to nothing.
    static let logarithmic = [
        "dB", "decibel", "dBm", "decibelmilliwatt", "dBW", "decibelwatt", "dBu", "decibelmicrowatt", "Np", "neper",
        "octave", "oct", "decade",
    ]
}
