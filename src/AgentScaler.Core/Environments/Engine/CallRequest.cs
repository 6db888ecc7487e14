using System.Text;
using System.Text.Json;
using System.Runtime.InteropServices;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>A call as one text: passing one string is cheaper than passing four values. See <c>call</c> in runtime.js.</summary>
internal static class CallRequest
{
    private const int Header = 9;

    /// <summary>Numbers travel as 15 bits a character above the control characters, which stays below the surrogates.</summary>
    private const int Offset = 32;

    /// <summary>Writes the request.</summary>
    /// <param name="python">Whether the arguments are read as Python reads them, which is dear, so that it is done where it makes a difference.</param>
    public static string Write(int tool, long session, long version, string ids, JsonElement arguments, bool python)
    {
        var utf8 = JsonMarshal.GetRawUtf8Value(arguments);
        Span<char> stack = stackalloc char[1024];
        var size = Header + ids.Length + utf8.Length;
        var text = size <= stack.Length ? stack : new char[size];
        text[0] = (char)(Offset + tool);
        Number(text[1..], session);
        Number(text[4..], version);
        text[7] = (char)(Offset + ids.Length);
        text[8] = python && PythonReading.DiffersFromJson(utf8) ? 'P' : 'J';
        ids.CopyTo(text[Header..]);
        var written = Encoding.UTF8.GetChars(utf8, text[(Header + ids.Length)..]);
        return new string(text[..(Header + ids.Length + written)]);
    }

    private static void Number(Span<char> target, long value)
    {
        target[0] = (char)(Offset + ((value >> 30) & 0x7fff));
        target[1] = (char)(Offset + ((value >> 15) & 0x7fff));
        target[2] = (char)(Offset + (value & 0x7fff));
    }
}
