using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Fields that name a row as its key does, so that no two rows may share a value: a slug, a user name, an article number.</summary>
internal static class UniqueFields
{
    private static readonly string[] Names = ["slug", "username", "user_name", "sku", "isbn", "iban", "vin", "license_plate", "serial_number"];

    /// <summary>The unique fields of a collection, apart from its key.</summary>
    public static IEnumerable<FieldSpec> Of(CollectionSpec collection) => collection.Fields.Where(field => field.Name != collection.Key && field.References is null
        && ResultReader.TypeOf(field.Type) == "string" && FieldSchemas.EnumOf(field.Type).Count == 0 && Names.Contains(string.Join('_', Words.Tokens(field.Name))));
}
