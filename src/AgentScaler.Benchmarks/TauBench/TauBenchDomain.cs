using AgentScaler.Environments.Packages;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>A domain of tau-bench: what its data does not say of itself.</summary>
public sealed record TauBenchDomain
{
    /// <summary>Its name: <c>retail</c> or <c>airline</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its collections: name, entity, the key's name, whether rows lack it.</summary>
    public required IReadOnlyList<(string Name, string Entity, string Key, bool KeyOutside)> Collections { get; init; }

    /// <summary>Tool to what it does with which collection.</summary>
    public required IReadOnlyDictionary<string, ToolBinding> Bindings { get; init; }

    /// <summary>The tool that ends a conversation, in both domains.</summary>
    public const string TransferTool = "transfer_to_human_agents";

    /// <summary>Orders, products and users of a shop.</summary>
    public static TauBenchDomain Retail { get; } = new()
    {
        Name = "retail",
        Collections = [("orders", "order", "order_id", false), ("products", "product", "product_id", false), ("users", "user", "user_id", true)],
        Bindings = new Dictionary<string, ToolBinding>(StringComparer.Ordinal)
        {
            ["get_order_details"] = Get("orders", "order_id"),
            ["get_product_details"] = Get("products", "product_id"),
            ["get_user_details"] = Get("users", "user_id"),
            ["list_all_product_types"] = List("products"),
            ["find_user_id_by_email"] = List("users"),
            ["find_user_id_by_name_zip"] = List("users"),
            ["cancel_pending_order"] = Write("orders", "order_id"),
            ["exchange_delivered_order_items"] = Write("orders", "order_id"),
            ["modify_pending_order_address"] = Write("orders", "order_id"),
            ["modify_pending_order_items"] = Write("orders", "order_id"),
            ["modify_pending_order_payment"] = Write("orders", "order_id"),
            ["modify_user_address"] = Write("users", "user_id"),
            ["return_delivered_order_items"] = Write("orders", "order_id"),
        },
    };

    /// <summary>Flights, reservations and users of an airline.</summary>
    public static TauBenchDomain Airline { get; } = new()
    {
        Name = "airline",
        Collections = [("flights", "flight", "flight_number", false), ("reservations", "reservation", "reservation_id", false), ("users", "user", "user_id", true)],
        Bindings = new Dictionary<string, ToolBinding>(StringComparer.Ordinal)
        {
            ["get_reservation_details"] = Get("reservations", "reservation_id"),
            ["get_user_details"] = Get("users", "user_id"),
            ["search_direct_flight"] = List("flights"),
            ["search_onestop_flight"] = List("flights"),
            ["book_reservation"] = new ToolBinding { Kind = OperationKind.Create, Collection = "reservations" },
            ["cancel_reservation"] = Write("reservations", "reservation_id"),
            ["send_certificate"] = Write("users", "user_id"),
            ["update_reservation_baggages"] = Write("reservations", "reservation_id"),
            ["update_reservation_flights"] = Write("reservations", "reservation_id"),
            ["update_reservation_passengers"] = Write("reservations", "reservation_id"),
        },
    };

    /// <summary>The domain of that name, or null.</summary>
    public static TauBenchDomain? Find(string name) => name == Retail.Name ? Retail : name == Airline.Name ? Airline : null;

    private static ToolBinding Get(string collection, string key) => new() { Kind = OperationKind.Get, Collection = collection, KeyParameter = key };

    private static ToolBinding List(string collection) => new() { Kind = OperationKind.List, Collection = collection };

    private static ToolBinding Write(string collection, string key) => new() { Kind = OperationKind.Update, Collection = collection, KeyParameter = key };
}
