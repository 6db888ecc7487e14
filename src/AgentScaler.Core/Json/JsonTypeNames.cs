namespace AgentScaler.Json;

/// <summary>The names of the types in JSON Schema.</summary>
internal static class JsonTypeNames
{
    /// <summary>The set that a schema's type name stands for, or none if it is no type.</summary>
    public static JsonTypes Parse(string? name) => name switch
    {
        "object" => JsonTypes.Object,
        "array" => JsonTypes.Array,
        "string" => JsonTypes.String,
        "boolean" => JsonTypes.Boolean,
        "null" => JsonTypes.Null,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Integer | JsonTypes.Number,
        _ => JsonTypes.None,
    };

    /// <summary>The set in words, e.g. <c>a string or null</c>.</summary>
    public static string Describe(this JsonTypes types)
    {
        var names = new List<string>();
        Add(JsonTypes.Object, "an object");
        Add(JsonTypes.Array, "an array");
        Add(JsonTypes.String, "a string");
        Add(JsonTypes.Boolean, "true or false");
        Add(JsonTypes.Number, "a number");
        if ((types & JsonTypes.Number) == 0)
        {
            Add(JsonTypes.Integer, "an integer");
        }

        Add(JsonTypes.Null, "null");
        return string.Join(" or ", names);

        void Add(JsonTypes type, string name)
        {
            if ((types & type) != 0)
            {
                names.Add(name);
            }
        }
    }
}
