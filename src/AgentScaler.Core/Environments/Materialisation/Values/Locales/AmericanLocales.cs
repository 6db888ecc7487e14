namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Locales of Latin America.</summary>
internal static class AmericanLocales
{
    private const string NumberAfterComma = "{0}, {1}";

    /// <summary>The locales.</summary>
    public static readonly IReadOnlyList<Locale> All =
    [
        new("es-MX", new BogusNames("es_MX"),
        [
            new("Guadalajara", "Jalisco", "JAL", "44###", "Mexico", "MX", "MEX", "MXN", "America/Mexico_City", "es", "52", 20.67, -103.35),
            new("Puebla", "Puebla", "PUE", "72###", "Mexico", "MX", "MEX", "MXN", "America/Mexico_City", "es", "52", 19.04, -98.2),
            new("Mérida", "Yucatán", "YUC", "97###", "Mexico", "MX", "MEX", "MXN", "America/Merida", "es", "52", 20.97, -89.62),
        ])
        {
            Streets = ["Calle Hidalgo", "Avenida Juárez", "Calle Morelos", "Calle 5 de Mayo", "Avenida Reforma", "Calle Allende", "Calle Independencia", "Calle Zaragoza"],
            StreetForm = "{0} {1}", MostNumber = 900, Phones = ["+52-###-555-01##"], Companies = EuropeanLocales.Firms("{0} y {1}, S.A. de C.V.", "Grupo {0}", "Comercial {0}"),
        },
        new("pt-BR", new BogusNames("pt_BR"),
        [
            new("Curitiba", "Paraná", "PR", "80###-###", "Brazil", "BR", "BRA", "BRL", "America/Sao_Paulo", "pt", "55", -25.43, -49.27),
            new("São Paulo", "São Paulo", "SP", "01###-###", "Brazil", "BR", "BRA", "BRL", "America/Sao_Paulo", "pt", "55", -23.55, -46.63),
            new("Recife", "Pernambuco", "PE", "50###-###", "Brazil", "BR", "BRA", "BRL", "America/Recife", "pt", "55", -8.05, -34.88),
        ])
        {
            Streets = ["Rua das Acácias", "Avenida Brasil", "Rua XV de Novembro", "Rua São Bento", "Avenida Paulista", "Rua da Consolação", "Rua Sete de Setembro", "Travessa do Sol", "Rua Tiradentes"],
            StreetForm = NumberAfterComma, MostNumber = 1800, Phones = ["+55-###-555-01##"], Companies = EuropeanLocales.Firms("{0} Ltda", "{0} & {1} S.A.", "Irmãos {0} Ltda", "Grupo {0}"), Account = "#######################?1",
        },
    ];
}
