using System.Text.Json;

namespace AgentScaler.Models;

/// <summary>The roles by the names that documents use.</summary>
public static class ModelRoles
{
    /// <summary>All roles, in the order of the pipeline.</summary>
    public static readonly IReadOnlyList<ModelRole> All = Enum.GetValues<ModelRole>();

    /// <summary>A role's name in documents: <c>builder</c>, <c>user</c>, <c>agent</c>, <c>judge</c>, <c>embedding</c>.</summary>
    public static string Name(this ModelRole role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());
}
