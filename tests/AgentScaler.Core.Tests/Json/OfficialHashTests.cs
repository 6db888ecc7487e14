using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Json;

public sealed class OfficialHashTests
{
    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("airline")]
    public void TauBench_InitialState_EqualsTheOfficialHash(string domain)
    {
        var (state, hashes) = BenchmarkStates.Read(domain);
        using (state)
        {
            Assert.Equal(hashes.GetProperty("official_hash").GetString(), OfficialHash.TauBench(state.RootElement));
        }
    }

    // The right-hand sides are what Python 3 prints for str(to_hashable(value)).
    [Theory]
    [InlineData("""{"b":[1,2.0,true,null],"a":"x"}""", """(('a', 'x'), ('b', (1, 2.0, True, None)))""")]
    [InlineData("[1]", "(1,)")]
    [InlineData("[]", "()")]
    [InlineData("""{"k":{}}""", "(('k', ()),)")]
    [InlineData("""["it's"]""", """("it's",)""")]
    [InlineData("""["say \"hi\""]""", """('say "hi"',)""")]
    [InlineData("""["it's \"q\""]""", """('it\'s "q"',)""")]
    [InlineData("""["a\\b\n\u0001\u00a0é\u2028😀"]""", """('a\\b\n\x01\xa0é\u2028😀',)""")]
    [InlineData("[1e16,1e-5,0.1,-0.0,1e400]", "(1e+16, 1e-05, 0.1, -0.0, inf)")]
    [InlineData("\"it's\"", "it's")]
    public void TauBench_Value_HashesPythonsText(string json, string python) =>
        Assert.Equal(Sha256Text.Of(python), OfficialHash.TauBench(System.Text.Json.JsonElement.Parse(json)));
}
