using System.Text;
using Bogus.Extensions;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Text in ASCII: letters by what people write where they have no others (<c>Müller</c>: <c>Mueller</c>, <c>Łódź</c>: <c>Lodz</c>); what has no such form is left out.</summary>
internal static class PlainText
{
    /// <summary>The text in ASCII; may be empty for scripts other than the Latin one.</summary>
    public static string Of(string text) => Ascii.IsValid(text) ? text : string.Concat(text.Transliterate().Where(char.IsAscii));
}
