using System.Text;
using System.Text.RegularExpressions;
using AgentScaler.Determinism;
using AgentScaler.Json;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Json;

public sealed partial class PythonReadingTests
{
    [Theory]
    [InlineData("[1.0]")]
    [InlineData("[-2.000,1]")]
    [InlineData("1.0")]
    [InlineData("[1e5]")]
    [InlineData("1E5")]
    [InlineData("[1.5e3]")]
    [InlineData("[1234567890123456]")]
    [InlineData("[-0]")]
    [InlineData("-0")]
    [InlineData("[-0.0]")]
    [InlineData("""{"10":1}""")]
    [InlineData("""{"a":{"0" :1}}""")]
    [InlineData("""{"\u0000a":1}""")]
    [InlineData("""{"a\\\u0000":1}""")]
    public void DiffersFromJson_WhatPythonKeepsApart_IsTrue(string json) => Assert.True(PythonReading.DiffersFromJson(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"order_id":"#W1","n":25.5,"m":-12,"zero":0,"p":-0.5,"d":1.05,"t":[true,false,null]}""")]
    [InlineData("""{"zip":"94105","of":["1","2"],"d":"2024-05-26"}""")]
    [InlineData("""{"t":"1.0 and 1e5 and -0 and 1234567890123456"}""")]
    [InlineData("""{"12345678901":1,"1a":2,"":3}""")]
    [InlineData("""{"t":"\"10\": \\","u":"\u1234é"}""")]
    public void DiffersFromJson_WhatBothReadAlike_IsFalse(string json) => Assert.False(PythonReading.DiffersFromJson(Encoding.UTF8.GetBytes(json)));

    /// <summary>The expression over the whole text by which the sandbox decides for rows; it also looks into texts, so it may say yes more often.</summary>
    [Property(MaxTest = 300)]
    public void DiffersFromJson_RandomTexts_IsTrueOnlyWhereTheSandboxSaysSo(int number)
    {
        var random = Seed.Root(number).Random();
        string[] parts = ["1", "0", "-0", "1.0", "1.50", "2e3", "1234567890123456", "0.1234567", "\"a\"", "\"1\"", "\"\\u0000\"", "\"\\\"\"", "null"];
        var json = new StringBuilder("[");
        for (var i = 0; i < 4; i++)
        {
            var part = parts[random.Next(parts.Length)];
            json.Append(i == 0 ? "" : ", ").Append(random.Next(3) == 0 ? $$"""{"{{random.Next(20)}}{{(random.Next(2) == 0 ? "" : "k")}}": {{part}}}""" : part);
        }

        var text = json.Append(']').ToString();

        Assert.Equal(Special().IsMatch(text), PythonReading.DiffersFromJson(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex("""[0-9]\.0+(?![0-9])|[0-9][eE]|[0-9]{16}|[[:,\s]-0(?![0-9.])|"[0-9]{1,10}"\s*:|\\u00""")]
    private static partial Regex Special();
}
