using System.Text.Json;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Graphs;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Modelled;

/// <summary>A parcel depot whose tools' names say nothing to a reader of names, and what a model that understands them answers.</summary>
internal static class ParcelBrain
{
    private const string Parcel =
        """
        {"type":"object","properties":{"parcel_code":{"type":"string"},"recipient":{"type":"string"},"weight_kg":{"type":"number"},"stage":{"type":"string","enum":["stored","handed_over"]},"depot_code":{"type":"string"}},
        "required":["parcel_code","recipient","weight_kg","stage","depot_code"]}
        """;

    private const string Schema =
        """
        {"collections":[
          {"name":"parcels","entity":"parcel","key":"parcel_code","label":"recipient","fields":[
            {"name":"parcel_code","type":{"type":"string"},"required":true},
            {"name":"recipient","type":{"type":"string"},"required":true},
            {"name":"weight_kg","type":{"type":"number","minimum":0.1,"maximum":60},"required":true},
            {"name":"stage","type":{"type":"string","enum":["stored","handed_over"]},"required":true},
            {"name":"depot_code","type":{"type":"string"},"required":true,"references":"depots"}]},
          {"name":"depots","entity":"depot","key":"depot_code","label":"town","fields":[
            {"name":"depot_code","type":{"type":"string"},"required":true},
            {"name":"town","type":{"type":"string"},"required":true}]}]}
        """;

    private const string Policy =
        """
        {"rules":[
          {"kind":"confirm","text":"Before a parcel is handed over, say which one it is and wait for the user's word.","tools":["over_the_counter"]},
          {"kind":"status","text":"Only a parcel that is stored can be handed over.","tools":["over_the_counter"],"collection":"parcels","field":"stage","values":["stored"],"error":"invalid_state"},
          {"kind":"reference","text":"A parcel is taken in at a depot that exists.","tools":["inward"],"collection":"parcels","field":"depot_code","error":"invalid_reference"}]}
        """;

    private const string Shown = """
        "resultFields":[{"property":"parcel_code","field":"parcel_code"},{"property":"recipient","field":"recipient"},{"property":"weight_kg","field":"weight_kg"},{"property":"stage","field":"stage"},{"property":"depot_code","field":"depot_code"}]
        """;

    private static readonly Dictionary<string, (string Program, string Said)> Programs = new()
    {
        ["whereabouts"] = (
            """function whereabouts(db, args, env) { const parcel = db.parcels.get(args.parcel_code); if (parcel === undefined) throw env.error("not_found", "no such parcel"); return parcel; }""",
            $$"""
            "writes":false,"kind":"get","collection":"parcels","keyParameter":"parcel_code","resultPath":"",{{Shown}}
            """),
        ["shelf_view"] = (
            """
            function shelf_view(db, args, env) {
              if (db.depots.get(args.depot_code) === undefined) throw env.error("not_found", "no such depot");
              return { parcels: db.parcels.where({ depot_code: args.depot_code }).filter((row) => args.stage === undefined || row.stage === args.stage).slice(0, 20) };
            }
            """,
            $$"""
            "writes":false,"kind":"list","collection":"parcels","fields":[{"parameter":"depot_code","field":"depot_code"},{"parameter":"stage","field":"stage"}],"resultPath":"parcels",{{Shown}}
            """),
        ["inward"] = (
            """
            function inward(db, args, env) {
              if (db.depots.get(args.depot_code) === undefined) throw env.error("invalid_reference", "no such depot");
              return db.parcels.insert({ parcel_code: env.newId("parcels"), recipient: args.recipient, weight_kg: args.weight_kg, depot_code: args.depot_code, stage: "stored" });
            }
            """,
            $$"""
            "writes":true,"kind":"create","collection":"parcels","fields":[{"parameter":"recipient","field":"recipient"},{"parameter":"weight_kg","field":"weight_kg"},{"parameter":"depot_code","field":"depot_code"}],"resultPath":"",{{Shown}}
            """),
        ["over_the_counter"] = (
            """
            function over_the_counter(db, args, env) {
              const parcel = db.parcels.get(args.parcel_code);
              if (parcel === undefined) throw env.error("not_found", "no such parcel");
              if (parcel.stage !== "stored") throw env.error("invalid_state", "it is " + parcel.stage);
              db.parcels.update(args.parcel_code, { stage: "handed_over" });
              return { done: true };
            }
            """,
            """
            "writes":true,"kind":"status","collection":"parcels","keyParameter":"parcel_code","status":{"field":"stage","to":"handed_over","from":["stored"]},"resultPath":null
            """),
        ["nearest"] = (
            """function nearest(db, args, env) { const depot = db.depots.find((row) => env.contains(row.town, args.town)); if (depot === undefined) throw env.error("not_found", "none near " + args.town); return [depot]; }""",
            """
            "writes":false,"kind":"search","collection":"depots","queryParameter":"town","resultPath":"","resultFields":[{"property":"depot_code","field":"depot_code"},{"property":"town","field":"town"}]
            """),
    };

    /// <summary>The domain.</summary>
    public static Domain Domain { get; } = WithEdges(Domains.Of(
        Tool("whereabouts", """{"parcel_code":{"type":"string"}}""", ["parcel_code"], Parcel),
        Tool("shelf_view", """{"depot_code":{"type":"string"},"stage":{"type":"string","enum":["stored","handed_over"]}}""", ["depot_code"], "{\"type\":\"object\",\"properties\":{\"parcels\":{\"type\":\"array\",\"items\":" + Parcel + "}},\"required\":[\"parcels\"]}"),
        Tool("inward", """{"recipient":{"type":"string","minLength":1},"weight_kg":{"type":"number","minimum":0.1,"maximum":60},"depot_code":{"type":"string"}}""", ["depot_code", "recipient", "weight_kg"], Parcel),
        Tool("over_the_counter", """{"parcel_code":{"type":"string"}}""", ["parcel_code"], """{"type":"object","properties":{"done":{"type":"boolean"}},"required":["done"]}"""),
        Tool("nearest", """{"town":{"type":"string"}}""", ["town"], """{"type":"array","items":{"type":"object","properties":{"depot_code":{"type":"string"},"town":{"type":"string"}},"required":["depot_code","town"]}}""")));

    /// <summary>What the model says.</summary>
    public static string? Answer(Asked question) => question.Name switch
    {
        "environment_schema" => "Of course.\n```json\n" + Schema + "\n```",
        "environment_policy" => Policy,
        "tool_program" => Programs.Where(tool => question.Text.Contains($"\"name\":\"{tool.Key}\",\"parameters\"", StringComparison.Ordinal))
            .Select(tool => $$"""{"program":{{JsonSerializer.Serialize(tool.Value.Program)}},{{tool.Value.Said}}}""").Single(),
        _ => null,
    };

    private static ToolSpec Tool(string name, string parameters, string[] required, string returns) => Domains.Tool(name, null, null, parameters, required, returns);

    private static Domain WithEdges(Domain domain) => domain with { Dependencies = DependencyFinder.Find(domain.Tools, new GraphSettings().DependencyThreshold) };
}
