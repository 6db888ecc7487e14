using System.Text;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Pieces of JavaScript text.</summary>
internal static class Js
{
    private static readonly string[] Reserved =
    [
        "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends", "false",
        "finally", "for", "function", "if", "import", "in", "instanceof", "let", "new", "null", "return", "static", "super", "switch", "this", "throw",
        "true", "try", "typeof", "var", "void", "while", "with", "yield", "await", "eval", "arguments", "implements", "interface", "package", "private",
        "protected", "public",
    ];

    /// <summary>Member access: <c>args.title</c>, or <c>args["odd name"]</c>.</summary>
    public static string Member(string target, string name) =>
        IsIdentifier(name) || (Reserved.Contains(name) && IsWord(name)) ? $"{target}.{name}" : $"{target}[{Text(name)}]";

    /// <summary>A property key of an object literal.</summary>
    public static string Key(string name) => IsWord(name) ? name : Text(name);

    /// <summary>A string literal.</summary>
    public static string Text(string value)
    {
        var text = new StringBuilder();
        CanonicalJson.AppendString(text, value);
        return text.Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029").ToString();
    }

    /// <summary>A literal of a JSON value.</summary>
    public static string Literal(JsonElement value) => CanonicalJson.Write(value).Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    /// <summary>A name for the program's one function.</summary>
    public static string FunctionName(string tool) => IsIdentifier(tool) ? tool : "tool_" + string.Concat(tool.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static bool IsIdentifier(string name) => IsWord(name) && !Reserved.Contains(name);

    private static bool IsWord(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name != "__proto__" && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
