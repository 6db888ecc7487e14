namespace AgentScaler.Tools.Schemas;

/// <summary>What a schema describes; decides which properties are left out.</summary>
internal enum SchemaUse
{
    /// <summary>Arguments: <c>readOnly</c> properties are left out.</summary>
    Argument,

    /// <summary>A result: <c>writeOnly</c> properties are left out.</summary>
    Result,
}
