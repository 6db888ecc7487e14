namespace AgentScaler.Json;

/// <summary>The types of JSON Schema, as a set. A number with integral value is an <see cref="Integer"/>, any other a <see cref="Number"/>.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Boolean = 8,
    Null = 16,
    Integer = 32,
    Number = 64,
    Any = Object | Array | String | Boolean | Null | Integer | Number,
}
