using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes the program of a tool: a read or a write on its collection (paper: <c>API(func, args) = op(func)(args; D)</c>).</summary>
/// <param name="vendors">Which collection a tool's provider has.</param>
internal sealed class ProgramWriter(EnvironmentSchema schema, Vendors vendors)
{
    /// <summary>Writes a tool's program and binding.</summary>
    /// <param name="reason">Why there can be none; null on success.</param>
    public PackageTool? Write(ToolDraft draft, out string? reason)
    {
        if ((schema.Find(vendors.CollectionOf(draft.Operation.Entity, draft.Tool.Source.Provider)) ?? schema.Collections.FirstOrDefault(other => other.Entity == draft.Operation.Entity)) is not { } collection)
        {
            reason = $"the schema has no collection of the entity '{draft.Operation.Entity}'";
            return null;
        }

        if (collection.Fields.Count == 1)
        {
            reason = $"nothing is known of {collection.Name} but their {collection.Key}";
            return null;
        }

        var program = new ProgramText(draft, collection, schema);
        reason = draft.Operation.Kind switch
        {
            OperationKind.Get => new ReadProgram(program).Get(),
            OperationKind.List => new ReadProgram(program).List(),
            OperationKind.Search => new ReadProgram(program).Search(),
            OperationKind.Create => new WriteProgram(program).Create(),
            OperationKind.Update => new WriteProgram(program).Update(),
            OperationKind.Delete => new WriteProgram(program).Delete(),
            _ => new WriteProgram(program).ChangeStatus(),
        };
        if (reason is null && !draft.Writes && !program.Result.ShowsRows)
        {
            reason = $"its declared result can show nothing of {collection.Name}";
        }

        return reason is null ? new PackageTool(draft.Tool, draft.Writes, program.Source, program.Binding) : null;
    }
}
