using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The ground truth that a verifier works with.</summary>
internal static class GoldRules
{
    /// <summary>Checks its members in an object.</summary>
    /// <param name="calls">Name of the member that holds the gold calls.</param>
    /// <param name="tools">Names of the tools that can be called.</param>
    public static void Check(JsonElement gold, string path, string calls, HashSet<string> tools, RowExpectations expect)
    {
        var proof = expect.Text(gold, path, "proof");
        if (proof is not (null or "state" or "calls"))
        {
            expect.Fail(path + ".proof", $"expected 'state' or 'calls', found '{proof}'");
        }

        var before = Hash(gold, path, "initial_hash", expect);
        var after = Hash(gold, path, "gold_hash", expect);
        if (before is not null && after is not null && (before == after) != (proof == "calls"))
        {
            expect.Fail(path + ".gold_hash", proof == "calls" ? "expected the initial hash, as gold leaves the state as it was" : "expected another hash than the initial one, as gold changes the state");
        }

        if (expect.Has(gold, path, "initial_changes", JsonValueKind.Array, out var changes))
        {
            Changes(changes, path + ".initial_changes", expect);
        }

        if (expect.Has(gold, path, calls, JsonValueKind.Array, out var made))
        {
            Calls(made, $"{path}.{calls}", tools, expect);
        }

        if (expect.Has(gold, path, "required_outputs", JsonValueKind.Array, out var outputs))
        {
            for (var i = 0; i < outputs.GetArrayLength(); i++)
            {
                expect.Is(outputs[i], $"{path}.required_outputs[{i}]", JsonValueKind.String);
            }
        }
    }

    private static void Changes(JsonElement changes, string path, RowExpectations expect)
    {
        var seen = new HashSet<(string?, string?)>();
        for (var i = 0; i < changes.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(changes[i], place, JsonValueKind.Object))
            {
                continue;
            }

            expect.OnlyKeys(changes[i], place, "collection", "key", "removed", "row");
            if (!seen.Add((expect.Text(changes[i], place, "collection"), expect.Text(changes[i], place, "key"))))
            {
                expect.Fail(place, "expected each row once");
            }

            switch (expect.Flag(changes[i], place, "removed"))
            {
                case false:
                    expect.Has(changes[i], place, "row", JsonValueKind.Object, out _);
                    break;
                case true when changes[i].TryGetProperty("row", out _):
                    expect.Fail(place + ".row", "expected no row, as it was removed");
                    break;
            }
        }
    }

    private static void Calls(JsonElement calls, string path, HashSet<string> tools, RowExpectations expect)
    {
        if (calls.GetArrayLength() == 0)
        {
            expect.Fail(path, "expected at least one call");
        }

        for (var i = 0; i < calls.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(calls[i], place, JsonValueKind.Object))
            {
                continue;
            }

            expect.Has(calls[i], place, "arguments", JsonValueKind.Object, out _);
            if (expect.Text(calls[i], place, "name") is { } name && !tools.Contains(name))
            {
                expect.Fail(place + ".name", $"expected one of the row's tools, found '{name}'");
            }
        }
    }

    private static string? Hash(JsonElement gold, string path, string name, RowExpectations expect)
    {
        var hash = expect.Text(gold, path, name);
        if (hash is not null && (hash.Length != 64 || !hash.All(c => char.IsAsciiHexDigitLower(c))))
        {
            expect.Fail($"{path}.{name}", $"expected 64 lower-case hexadecimal digits, found '{hash}'");
        }

        return hash;
    }
}
