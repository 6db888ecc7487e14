using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Contracts;

/// <summary>A small environment of notes, written by hand, and a task in it.</summary>
public static class NotesEnvironment
{
    private const string Note = """{"type":"object","properties":{"note_id":{"type":"string"},"text":{"type":"string"}},"required":[]}""";

    public static LoadedEnvironment Load() => LoadedEnvironment.Load(new EnvironmentPackage
    {
        Id = "env-notes",
        Name = "notes",
        Now = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        Schema = new EnvironmentSchema(
        [
            new CollectionSpec("notes", "note", "note_id", "text",
            [
                new FieldSpec("note_id", Text, Required: true),
                new FieldSpec("text", Text, Required: true),
            ]),
        ]),
        Tools =
        [
            Tool("add_note", "function add_note(db, args, env) { return db.notes.insert({ note_id: env.newId('notes'), text: args.text }); }"),
            Tool("drop_note", "function drop_note(db, args, env) { if (!db.notes.delete(args.note_id)) throw env.error('not_found', 'no such note'); return { dropped: true }; }"),
            Tool("list_notes", "function list_notes(db, args, env) { return { items: db.notes.all() }; }"),
            Tool("set_note", "function set_note(db, args, env) { return db.notes.update(args.note_id, { text: args.text }); }"),
        ],
        Policy = "# Notes\n",
        Rules = [],
        State = [Row("n1", "first"), Row("n2", "second"), Row("n3", "third")],
    });

    public static TaskSpec Task(EnvironmentEngine engine, LoadedEnvironment environment)
    {
        var hash = engine.Open(environment, new Seed("notes")).StateHash;
        return new TaskSpec
        {
            Id = "task-notes", Environment = environment.Package.Id, Seed = "notes", InitialChanges = [], Requests = [], Gold = [], InitialHash = hash, GoldHash = hash,
        };
    }

    private static JsonElement Text => JsonElement.Parse("""{"type":"string"}""");

    private static RowData Row(string id, string text) => new("notes", id, JsonSerializer.SerializeToElement(new { note_id = id, text }));

    private static PackageTool Tool(string name, string program) => new(
        new ToolSpec
        {
            Id = "tool-" + name,
            Name = name,
            OriginalName = name,
            Description = "Tool " + name + " of the notes.",
            Parameters = JsonElement.Parse(Note),
            Source = new ToolSource("Notes", new string('0', 64), "$", "agentscaler-tools", "MIT"),
        },
        name != "list_notes",
        program,
        new ToolBinding { Kind = OperationKind.Other, Collection = "notes" });
}
