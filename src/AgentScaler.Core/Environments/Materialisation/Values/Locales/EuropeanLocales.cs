namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Locales of the European continent and Turkey. Fictitious telephone numbers: Bundesnetzagentur (Berlin, Munich, Hamburg, Cologne), Arcep.</summary>
internal static class EuropeanLocales
{
    private const string NumberLast = "{0} {1}";
    private const string NumberFirst = "{1} {0}";
    private const string NumberAfterComma = "{0}, {1}";

    private static readonly string[] GermanStreets =
    [
        "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenstraße", "Schulstraße", "Goethestraße", "Bergstraße", "Kirchgasse", "Mühlenweg", "Schillerplatz", "Rosenweg", "Birkenallee", "Am Markt",
        "Kastanienweg",
    ];

    private static readonly string[] SpanishFirms = ["{0} y {1}, S.L.", "{0} Hermanos, S.A.", "Grupo {0}", "Talleres {0}"];
    private static readonly string[] PortugueseFirms = ["{0} & {1} Lda", "Grupo {0}", "{0} e Filhos", "Irmãos {0}"];

    /// <summary>The locales.</summary>
    public static readonly IReadOnlyList<Locale> All =
    [
        new("de-DE", new BogusNames("de"),
        [
            new("Berlin", "Berlin", "BE", "101##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 52.52, 13.41),
            new("München", "Bayern", "BY", "803##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 48.14, 11.58),
            new("Hamburg", "Hamburg", "HH", "203##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 53.55, 9.99),
            new("Köln", "Nordrhein-Westfalen", "NW", "506##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 50.94, 6.96),
            new("Leipzig", "Sachsen", "SN", "041##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 51.34, 12.37),
        ])
        {
            Streets = GermanStreets, StreetForm = NumberLast, Phones = ["+49-30-23125###", "+49-89-99998###", "+49-40-66969###", "+49-221-4710###"],
            Companies = Firms("{0} GmbH", "{0} & {1} KG", "{0} AG", "Gebrüder {0} GmbH"), Account = "##################",
        },
        new("de-AT", new BogusNames("de_AT"),
        [
            new("Wien", "Wien", "9", "1##0", "Austria", "AT", "AUT", "EUR", "Europe/Vienna", "de", "43", 48.21, 16.37),
            new("Graz", "Steiermark", "6", "801#", "Austria", "AT", "AUT", "EUR", "Europe/Vienna", "de", "43", 47.07, 15.44),
            new("Linz", "Oberösterreich", "4", "402#", "Austria", "AT", "AUT", "EUR", "Europe/Vienna", "de", "43", 48.31, 14.29),
        ])
        {
            Streets = GermanStreets, StreetForm = NumberLast, Phones = ["+43-###-555-01##"], Companies = Firms("{0} GmbH", "{0} & {1} OG", "{0} AG"), Account = "################",
        },
        new("de-CH", new BogusNames("de_CH"),
        [
            new("Zürich", "Zürich", "ZH", "80##", "Switzerland", "CH", "CHE", "CHF", "Europe/Zurich", "de", "41", 47.37, 8.54),
            new("Bern", "Bern", "BE", "30##", "Switzerland", "CH", "CHE", "CHF", "Europe/Zurich", "de", "41", 46.95, 7.45),
            new("Basel", "Basel-Stadt", "BS", "40##", "Switzerland", "CH", "CHE", "CHF", "Europe/Zurich", "de", "41", 47.56, 7.59),
        ])
        {
            Streets = [.. GermanStreets.Select(street => street.Replace("ß", "ss", StringComparison.Ordinal))], StreetForm = NumberLast, Phones = ["+41-###-555-01##"],
            Companies = Firms("{0} AG", "{0} & {1} GmbH", "{0} & Söhne AG"), Account = "#################",
        },
        new("fr-FR", new BogusNames("fr"),
        [
            new("Lyon", "Auvergne-Rhône-Alpes", "ARA", "6900#", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 45.76, 4.84),
            new("Nantes", "Pays de la Loire", "PDL", "44#00", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 47.22, -1.55),
            new("Toulouse", "Occitanie", "OCC", "31#00", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 43.6, 1.44),
            new("Strasbourg", "Grand Est", "GES", "67#00", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 48.57, 7.75),
        ])
        {
            Streets = ["rue des Lilas", "rue de la République", "avenue Victor Hugo", "rue du Château", "boulevard Voltaire", "rue de l'Église", "place de la Mairie", "rue Émile Zola", "allée des Tilleuls", "rue Pasteur", "quai du Port", "rue Saint-Michel"],
            StreetForm = NumberFirst, Phones = ["+33-1-99-00-##-##", "+33-2-61-91-##-##", "+33-4-65-71-##-##", "+33-6-39-98-##-##"],
            Companies = Firms("{0} SARL", "{0} & Fils", "Établissements {0}", "{0} {1} SAS"), Account = "#######################",
        },
        new("es-ES", new BogusNames("es"),
        [
            new("Madrid", "Comunidad de Madrid", "MD", "280##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 40.42, -3.7),
            new("Valencia", "Comunidad Valenciana", "VC", "460##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 39.47, -0.38),
            new("Sevilla", "Andalucía", "AN", "410##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 37.39, -5.98),
            new("Málaga", "Andalucía", "AN", "290##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 36.72, -4.42),
        ])
        {
            Streets = ["Calle Mayor", "Calle Real", "Avenida de la Constitución", "Calle del Olmo", "Plaza de España", "Calle San Juan", "Paseo Marítimo", "Calle Cervantes", "Calle Nueva", "Avenida del Sol"],
            StreetForm = NumberAfterComma, Phones = ["+34-555-###-###"], Companies = Firms(SpanishFirms), Account = "####################",
        },
        new("it-IT", new BogusNames("it"),
        [
            new("Torino", "Piemonte", "21", "101##", "Italy", "IT", "ITA", "EUR", "Europe/Rome", "it", "39", 45.07, 7.69),
            new("Bologna", "Emilia-Romagna", "45", "401##", "Italy", "IT", "ITA", "EUR", "Europe/Rome", "it", "39", 44.49, 11.34),
            new("Firenze", "Toscana", "52", "501##", "Italy", "IT", "ITA", "EUR", "Europe/Rome", "it", "39", 43.77, 11.26),
        ])
        {
            Streets = ["Via Roma", "Via Garibaldi", "Via Mazzini", "Corso Italia", "Via Dante", "Via Cavour", "Piazza del Popolo", "Via San Martino", "Via Verdi", "Viale della Libertà"],
            StreetForm = NumberAfterComma, Phones = ["+39-555-###-####"], Companies = Firms("{0} S.r.l.", "{0} & {1} S.n.c.", "Fratelli {0} S.p.A."), Account = "?######################",
        },
        new("nl-NL", new BogusNames("nl"),
        [
            new("Utrecht", "Utrecht", "UT", "35## ??", "Netherlands", "NL", "NLD", "EUR", "Europe/Amsterdam", "nl", "31", 52.09, 5.12),
            new("Rotterdam", "Zuid-Holland", "ZH", "30## ??", "Netherlands", "NL", "NLD", "EUR", "Europe/Amsterdam", "nl", "31", 51.92, 4.48),
            new("Groningen", "Groningen", "GR", "97## ??", "Netherlands", "NL", "NLD", "EUR", "Europe/Amsterdam", "nl", "31", 53.22, 6.57),
        ])
        {
            Streets = ["Kerkstraat", "Dorpsstraat", "Molenweg", "Stationsweg", "Prinsengracht", "Schoolstraat", "Julianalaan", "Beatrixstraat", "Parklaan", "Nieuwstraat"],
            StreetForm = NumberLast, Phones = ["+31-###-555-01##"], Companies = Firms("{0} B.V.", "{0} & Zonen", "{0} en {1} V.O.F."), Account = "????##########",
        },
        new("pl-PL", new BogusNames("pl", Polish),
        [
            new("Kraków", "Małopolskie", "12", "30-###", "Poland", "PL", "POL", "PLN", "Europe/Warsaw", "pl", "48", 50.06, 19.94),
            new("Wrocław", "Dolnośląskie", "02", "50-###", "Poland", "PL", "POL", "PLN", "Europe/Warsaw", "pl", "48", 51.11, 17.03),
            new("Gdańsk", "Pomorskie", "22", "80-###", "Poland", "PL", "POL", "PLN", "Europe/Warsaw", "pl", "48", 54.35, 18.65),
            new("Łódź", "Łódzkie", "10", "90-###", "Poland", "PL", "POL", "PLN", "Europe/Warsaw", "pl", "48", 51.76, 19.46),
        ])
        {
            Streets = ["ul. Lipowa", "ul. Ogrodowa", "ul. Kościuszki", "ul. Mickiewicza", "ul. Leśna", "ul. Słoneczna", "ul. Szkolna", "al. Niepodległości", "ul. Polna", "ul. Kwiatowa"],
            StreetForm = NumberLast, Phones = ["+48-###-555-01##"], Companies = Firms("{0} Sp. z o.o.", "{0} i {1} s.c.", "Grupa {0} S.A."), Account = "########################",
        },
        new("pt-PT", new BogusNames("pt_PT"),
        [
            new("Lisboa", "Lisboa", "11", "1###-###", "Portugal", "PT", "PRT", "EUR", "Europe/Lisbon", "pt", "351", 38.72, -9.14),
            new("Porto", "Porto", "13", "4###-###", "Portugal", "PT", "PRT", "EUR", "Europe/Lisbon", "pt", "351", 41.15, -8.61),
            new("Coimbra", "Coimbra", "06", "30##-###", "Portugal", "PT", "PRT", "EUR", "Europe/Lisbon", "pt", "351", 40.21, -8.43),
        ])
        {
            Streets = ["Rua das Flores", "Rua Direita", "Avenida da Liberdade", "Rua do Comércio", "Largo da Sé", "Rua São João", "Travessa do Poço", "Rua da Igreja"],
            StreetForm = NumberAfterComma, Phones = ["+351-###-555-01##"], Companies = Firms(PortugueseFirms), Account = "#####################",
        },
        new("nb-NO", new BogusNames("nb_NO"),
        [
            new("Oslo", "Oslo", "03", "01##", "Norway", "NO", "NOR", "NOK", "Europe/Oslo", "nb", "47", 59.91, 10.75),
            new("Bergen", "Vestland", "46", "50##", "Norway", "NO", "NOR", "NOK", "Europe/Oslo", "nb", "47", 60.39, 5.32),
            new("Trondheim", "Trøndelag", "50", "70##", "Norway", "NO", "NOR", "NOK", "Europe/Oslo", "nb", "47", 63.43, 10.4),
        ])
        {
            Streets = ["Storgata", "Kirkeveien", "Skolegata", "Fjordveien", "Møllergata", "Strandgata", "Bjørkeveien", "Solveien", "Øvre Torg", "Parkveien"],
            StreetForm = NumberLast, Phones = ["+47-###-555-01##"], Companies = Firms("{0} AS", "{0} & {1} AS", "Brødrene {0} AS"), Account = "###########",
        },
        new("tr-TR", new BogusNames("tr"),
        [
            new("İzmir", "İzmir", "35", "35###", "Türkiye", "TR", "TUR", "TRY", "Europe/Istanbul", "tr", "90", 38.42, 27.14),
            new("Ankara", "Ankara", "06", "06###", "Türkiye", "TR", "TUR", "TRY", "Europe/Istanbul", "tr", "90", 39.93, 32.86),
            new("Bursa", "Bursa", "16", "16###", "Türkiye", "TR", "TUR", "TRY", "Europe/Istanbul", "tr", "90", 40.19, 29.06),
        ])
        {
            Streets = ["Atatürk Caddesi", "Cumhuriyet Caddesi", "Lale Sokak", "Gül Sokak", "İstasyon Caddesi", "Çınar Sokak", "Barış Caddesi", "Okul Sokak", "Zafer Bulvarı"],
            StreetForm = "{0} No: {1}", Phones = ["+90-###-555-01##"], Companies = Firms("{0} A.Ş.", "{0} Ltd. Şti.", "{0} ve {1} Ticaret"), Account = "#####0################",
        },
    ];

    internal static IReadOnlyList<Spelt> Firms(params IReadOnlyList<string> forms) => [.. forms.Select(Spelt.Of)];

    /// <summary>A Polish last name with the ending that goes with a woman's first name: Nowa Kowalska, not Kowalski.</summary>
    private static string Polish(string first, string last) =>
        first.EndsWith('a') && (last.EndsWith("ski", StringComparison.Ordinal) || last.EndsWith("cki", StringComparison.Ordinal) || last.EndsWith("dzki", StringComparison.Ordinal)) ? last[..^1] + "a" : last;
}
