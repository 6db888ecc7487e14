using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Json;

public sealed class CanonicalJsonTests
{
    [Property]
    public void Rewrite_SameValueWrittenDifferently_SameText(int seed)
    {
        var json = new RandomJson(seed);
        var value = json.Value();

        Assert.Equal(CanonicalJson.Rewrite(json.Scramble(value)), CanonicalJson.Rewrite(json.Scramble(value)));
    }

    [Property]
    public void Rewrite_CanonicalText_StaysAsItIs(int seed)
    {
        var json = new RandomJson(seed);
        foreach (var form in new[] { NumberForm.Loose, NumberForm.Typed })
        {
            var text = CanonicalJson.Rewrite(json.Scramble(json.Value()), form);
            Assert.Equal(text, CanonicalJson.Rewrite(text, form));
        }
    }

    [Property]
    public void Rewrite_AnyDouble_ReadsBackToTheSameDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        var text = CanonicalJson.Rewrite(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("25.0", "25", "25.0")]
    [InlineData("25", "25", "25")]
    [InlineData("1e16", "10000000000000000", "1e+16")]
    [InlineData("1e15", "1000000000000000", "1000000000000000.0")]
    [InlineData("1e-5", "1e-05", "1e-05")]
    [InlineData("0.0001", "0.0001", "0.0001")]
    [InlineData("0.1", "0.1", "0.1")]
    [InlineData("0.10", "0.1", "0.1")]
    [InlineData("-0.0", "0", "-0.0")]
    [InlineData("-0", "0", "-0")]
    [InlineData("1E400", "1E400", "1E400")]
    [InlineData("1.5e3", "1500", "1500.0")]
    [InlineData("123456789.125", "123456789.125", "123456789.125")]
    [InlineData("12345678901234567890", "12345678901234567890", "12345678901234567890")]
    [InlineData("2.2250738585072014e-308", "2.2250738585072014e-308", "2.2250738585072014e-308")]
    public void Rewrite_Number_HasItsOneForm(string literal, string loose, string typed)
    {
        Assert.Equal(loose, CanonicalJson.Rewrite(literal));
        Assert.Equal(typed, CanonicalJson.Rewrite(literal, NumberForm.Typed));
    }

    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"b":0,"a":1,"\u0061":2}""", """{"a":2,"b":0}""")]
    [InlineData("""{"10":1,"9":2}""", """{"10":1,"9":2}""")]
    [InlineData("\"\\u00e9\\/\\u0041\\u001F\\u007f\"", "\"é/A\\u001f\u007f\"")]
    [InlineData("\"\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\b\\f\\n\\r\\t\\\"\\\\\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\U0001F600\"")]
    [InlineData("\"a\\ud800b\\uDC00\"", "\"a\\ud800b\\udc00\"")]
    [InlineData("""{"\ud800":1}""", """{"\ud800":1}""")]
    [InlineData(" [ 1 , null , true , { } ] ", "[1,null,true,{}]")]
    public void Rewrite_Text_HasItsOneForm(string json, string expected) => Assert.Equal(expected, CanonicalJson.Rewrite(json));

    [Fact]
    public void Rewrite_KeysBeyondTheBasicPlane_AreOrderedByCodePoint() =>
        Assert.Equal("{\"\uE000\":2,\"\U0001F600\":1}", CanonicalJson.Rewrite("{\"\U0001F600\":1,\"\uE000\":2}"));

    [Fact]
    public void AreEqual_IntegralFloat_OnlyLoosely()
    {
        var (left, right) = (JsonElement.Parse("""{"price":25}"""), JsonElement.Parse("""{"price":25.0}"""));

        Assert.True(CanonicalJson.AreEqual(left, right));
        Assert.False(CanonicalJson.AreEqual(left, right, NumberForm.Typed));
        Assert.False(CanonicalJson.AreEqual(JsonElement.Parse("""{"a":null}"""), JsonElement.Parse("{}")));
    }

    [Fact]
    public void Write_InvalidUtf8_IsRefused()
    {
        using var document = JsonDocument.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' });

        Assert.Throws<InvalidOperationException>(() => CanonicalJson.Write(document.RootElement));
    }

    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("airline")]
    public void Write_BenchmarkState_HasTheRecordedHashes(string domain)
    {
        var (state, hashes) = BenchmarkStates.Read(domain);
        using (state)
        {
            Assert.Equal(hashes.GetProperty("canon_sha256").GetString(), Sha256Text.Of(CanonicalJson.Write(state.RootElement, NumberForm.Typed)));
            Assert.Equal(hashes.GetProperty("canon_loose_sha256").GetString(), Sha256Text.Of(CanonicalJson.Write(state.RootElement)));
        }
    }
}
