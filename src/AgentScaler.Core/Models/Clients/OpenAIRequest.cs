using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AgentScaler.Models.Clients;

/// <summary>The options of a request as the OpenAI package takes them, without losses.</summary>
internal static class OpenAIRequest
{
    /// <summary>Options for the package's client.</summary>
    /// <param name="model">The name to ask the endpoint for.</param>
    public static ChatOptions Of(ChatOptions options, string model, OutputLimitField limit)
    {
        var tag = CallTag.Of(options);
        return new ChatOptions
        {
            ModelId = model,
            Temperature = options.Temperature,
            TopP = options.TopP,
            MaxOutputTokens = limit == OutputLimitField.MaxCompletionTokens ? options.MaxOutputTokens : null,
            Seed = options.Seed,
            RawRepresentationFactory = _ => Raw(options, tag, limit),
        };
    }

    private static ChatCompletionOptions Raw(ChatOptions options, CallTag tag, OutputLimitField limit)
    {
        var raw = new ChatCompletionOptions();
        foreach (var tool in options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            // Not by the adapter: of a schema it keeps only properties and which of them are required.
            raw.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
            raw.AllowParallelToolCalls = options.AllowMultipleToolCalls;
        }

        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
        {
            // Not "strict": that takes only a part of JSON Schema, and answers are checked against the whole of it.
            raw.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(format.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()));
        }

#pragma warning disable SCME0001 // The package's way to set fields that it has no member for.
        if (limit == OutputLimitField.MaxTokens && options.MaxOutputTokens is { } tokens)
        {
            raw.Patch.Set("$.max_tokens"u8, tokens);
        }

        if (tag.Reasoning is { } effort)
        {
            raw.Patch.Set("$.reasoning_effort"u8, JsonNamingPolicy.CamelCase.ConvertName(effort.ToString()));
        }
#pragma warning restore SCME0001
        return raw;
    }
}
