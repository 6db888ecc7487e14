using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentScaler.Datasets.Validation;

/// <summary>The documents by which consumers find a format's rows.</summary>
internal static class FormatDocuments
{
    /// <summary>Checks a document of a format; files it has no rule for are taken as they are.</summary>
    /// <param name="folder">The format's folder.</param>
    public static async Task CheckAsync(string format, string folder, string file, RowExpectations expect, CancellationToken cancellationToken)
    {
        switch (format, file)
        {
            case ("llama-factory", "dataset_info.json"):
                Information(await File.ReadAllTextAsync(Path.Combine(folder, file), cancellationToken), folder, expect);
                break;
            case ("axolotl", "axolotl.yaml"):
                Configuration(await File.ReadAllTextAsync(Path.Combine(folder, file), cancellationToken), folder, expect);
                break;
        }
    }

    private static void Information(string text, string folder, RowExpectations expect)
    {
        if (expect.Parse(text, "$", JsonValueKind.Object) is not { } information)
        {
            return;
        }

        foreach (var dataset in information.EnumerateObject())
        {
            var path = "$." + dataset.Name;
            if (!expect.Is(dataset.Value, path, JsonValueKind.Object))
            {
                continue;
            }

            if (dataset.Name.Length == 0 || dataset.Name.Any(c => c is ',' || char.IsWhiteSpace(c)))
            {
                expect.Fail(path, "expected a name without commas and blanks, as lists of datasets are parted by commas");
            }

            ExpectFile(expect.Text(dataset.Value, path, "file_name"), folder, path + ".file_name", expect);
            Expect(expect.Text(dataset.Value, path, "formatting"), "sharegpt", path + ".formatting", expect);
            if (expect.Has(dataset.Value, path, "columns", JsonValueKind.Object, out var columns))
            {
                Expect(expect.Text(columns, path + ".columns", "messages"), "conversations", path + ".columns.messages", expect);
                Expect(expect.Text(columns, path + ".columns", "system"), "system", path + ".columns.system", expect);
                Expect(expect.Text(columns, path + ".columns", "tools"), "tools", path + ".columns.tools", expect);
            }
        }
    }

    private static void Configuration(string text, string folder, RowExpectations expect)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            expect.Fail("$", $"expected YAML: {e.Message}");
            return;
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }] || Node(root, "datasets") is not YamlSequenceNode { Children.Count: > 0 } datasets)
        {
            expect.Fail("$.datasets", "expected a list of datasets");
            return;
        }

        for (var i = 0; i < datasets.Children.Count; i++)
        {
            var path = $"$.datasets[{i}]";
            if (datasets.Children[i] is not YamlMappingNode dataset)
            {
                expect.Fail(path, "expected a dataset");
                continue;
            }

            ExpectFile(Text(dataset, "path"), folder, path + ".path", expect);
            Expect(Text(dataset, "type"), "chat_template", path + ".type", expect);
            Expect(Text(dataset, "ds_type"), "json", path + ".ds_type", expect);
            Expect(Text(dataset, "field_messages"), "messages", path + ".field_messages", expect);
            Expect(Text(dataset, "message_field_training"), "train", path + ".message_field_training", expect);
        }
    }

    private static YamlNode? Node(YamlMappingNode parent, string name) => parent.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    private static string? Text(YamlMappingNode parent, string name) => (Node(parent, name) as YamlScalarNode)?.Value;

    private static void ExpectFile(string? name, string folder, string path, RowExpectations expect)
    {
        if (name is null || Path.GetFileName(name) != name || !File.Exists(Path.Combine(folder, name)))
        {
            expect.Fail(path, $"expected a file of this folder, found '{name}'");
        }
    }

    private static void Expect(string? found, string expected, string path, RowExpectations expect)
    {
        if (found != expected)
        {
            expect.Fail(path, $"expected '{expected}', found '{found}'");
        }
    }
}
