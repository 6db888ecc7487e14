using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentScaler.Tools.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentScaler.Tools.Yaml;

/// <summary>
/// Turns YAML into JSON, event by event: one line of JSON a document of the stream. Aliases and merge keys (<c>&lt;&lt;</c>) are resolved, keys become
/// strings whatever they are, of repeated keys the first counts.
/// </summary>
internal sealed class YamlText
{
    /// <summary>Longest key on one line, in characters; the specification's 1,024 is too short for some paths.</summary>
    private const int MaximumKey = 1 << 16;

    private readonly YamlEvents events;
    private readonly Utf8JsonWriter writer;
    private readonly ProblemList problems;

    private YamlText(IParser parser, Utf8JsonWriter writer, ProblemList problems)
    {
        events = new YamlEvents(parser);
        this.writer = writer;
        this.problems = problems;
    }

    /// <summary>The documents as lines of JSON, or null if the text is no YAML, which is reported.</summary>
    public static ReadOnlyMemory<byte>? ToJson(ReadOnlyMemory<byte> yaml, ProblemList problems)
    {
        MemoryMarshal.TryGetArray(yaml, out var bytes);
        using var reader = new StreamReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), bufferSize: 1 << 16);
        var json = new ArrayBufferWriter<byte>(yaml.Length + 256);
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        var text = new YamlText(new Parser(new Scanner(reader, skipComments: true, MaximumKey)), writer, problems);
        try
        {
            text.WriteStream(json);
            return json.WrittenMemory;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Beside its own errors the parser throws others on some broken texts.
            var place = e is YamlException { Start: var start } ? PlaceOf(start) : "document";
            problems.Add("yaml.invalid", place, e.Message, "well-formed YAML; not read");
            return null;
        }
        catch (NestingException e)
        {
            problems.Add("yaml.too-deep", PlaceOf(e.Place), "deeper nesting", $"at most {SourceDocument.MaximumDepth} levels; not read");
            return null;
        }
    }

    private static string PlaceOf(Mark mark) => FormattableString.Invariant($"line {mark.Line}, column {mark.Column}");

    private void WriteStream(ArrayBufferWriter<byte> json)
    {
        for (var current = events.Next(); current is not StreamEnd; current = events.Next())
        {
            if (current is not DocumentStart)
            {
                continue;
            }

            events.StartDocument();
            WriteNode(events.Next(), 0);
            writer.Flush();
            writer.Reset();
            json.Write("\n"u8);
        }
    }

    private void WriteNode(ParsingEvent node, int depth)
    {
        if (depth == SourceDocument.MaximumDepth)
        {
            throw new NestingException(node.Start);
        }

        if (node is AnchorAlias alias)
        {
            WriteAlias(alias, depth);
            return;
        }

        var anchor = node is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        var start = anchor is null ? 0 : events.StartRecording(node);
        switch (node)
        {
            case Scalar scalar:
                YamlScalar.Write(writer, scalar);
                break;
            case SequenceStart:
                writer.WriteStartArray();
                for (var item = events.Next(); item is not SequenceEnd; item = events.Next())
                {
                    WriteNode(item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteMapping(depth);
                break;
        }

        if (anchor is not null)
        {
            events.Name(anchor, start, events.EndRecording());
        }
    }

    private void WriteAlias(AnchorAlias alias, int depth)
    {
        if (events.Find(alias.Value.Value, out var fault) is not { } recording)
        {
            problems.Add("yaml.alias", PlaceOf(alias.Start), fault, "an alias of a node that ended before it; read as null");
            writer.WriteNullValue();
            return;
        }

        events.Play(recording);
        WriteNode(events.Next(), depth);
        events.Stop();
    }

    private void WriteMapping(int depth)
    {
        writer.WriteStartObject();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var merges = new List<(int Start, int End)>();
        for (var key = events.Next(); key is not MappingEnd; key = events.Next())
        {
            if (KeyOf(key) is not { } name)
            {
                problems.Add("yaml.key", PlaceOf(key.Start), "a key that is no scalar", "a text as key; it is left out with its value");
                Skip(key);
                Skip(events.Next());
            }
            else if (name == "<<" && key is Scalar { Style: ScalarStyle.Plain })
            {
                var value = events.Next();
                var start = events.StartRecording(value);
                Skip(value);
                merges.Add((start, events.EndRecording()));
            }
            else if (!keys.Add(name))
            {
                problems.Add("yaml.duplicate-key", PlaceOf(key.Start), $"key '{name}' a second time", "each key once; the first is kept");
                Skip(events.Next());
            }
            else
            {
                writer.WritePropertyName(name);
                WriteNode(events.Next(), depth + 1);
            }
        }

        foreach (var merge in merges)
        {
            events.Play(merge);
            WriteMerged(events.Next(), keys, depth + 1);
            events.Stop();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the members of a merged mapping, or of a sequence of such, that are not there yet.</summary>
    private void WriteMerged(ParsingEvent node, HashSet<string> keys, int depth)
    {
        switch (node)
        {
            case AnchorAlias alias when events.Find(alias.Value.Value, out _) is { } recording && depth < SourceDocument.MaximumDepth:
                events.Play(recording);
                WriteMerged(events.Next(), keys, depth + 1);
                events.Stop();
                break;
            case SequenceStart when depth < SourceDocument.MaximumDepth:
                for (var item = events.Next(); item is not SequenceEnd; item = events.Next())
                {
                    WriteMerged(item, keys, depth + 1);
                }

                break;
            case MappingStart when depth < SourceDocument.MaximumDepth:
                for (var key = events.Next(); key is not MappingEnd; key = events.Next())
                {
                    var name = KeyOf(key);
                    if (name is null)
                    {
                        Skip(key);
                    }

                    var value = events.Next();
                    if (name == "<<")
                    {
                        WriteMerged(value, keys, depth + 1);
                    }
                    else if (name is not null && keys.Add(name))
                    {
                        writer.WritePropertyName(name);
                        WriteNode(value, depth);
                    }
                    else
                    {
                        Skip(value);
                    }
                }

                break;
            default:
                problems.Add("yaml.merge", PlaceOf(node.Start), "a merge of something else", "an alias of a mapping, or a list of such; it is left out");
                Skip(node);
                break;
        }
    }

    private string? KeyOf(ParsingEvent key)
    {
        if (key is Scalar scalar)
        {
            if (!scalar.Anchor.IsEmpty)
            {
                var start = events.StartRecording(key);
                events.Name(scalar.Anchor.Value, start, events.EndRecording());
            }

            return scalar.Value;
        }

        if (key is AnchorAlias alias && events.Find(alias.Value.Value, out _) is { } recording)
        {
            events.Play(recording);
            var target = events.Next();
            events.Stop();
            return (target as Scalar)?.Value;
        }

        return null;
    }

    /// <summary>Passes over the rest of a node.</summary>
    private void Skip(ParsingEvent node)
    {
        for (var open = node.NestingIncrease; open > 0;)
        {
            open += events.Next().NestingIncrease;
        }
    }

    private sealed class NestingException(Mark place) : Exception
    {
        public Mark Place { get; } = place;
    }
}
