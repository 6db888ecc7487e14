using System.Text.Json;
using AgentScaler.Determinism;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>Numbers of a sane size for what a field's name says.</summary>
internal sealed class NumberValues(SeededRandom random)
{
    /// <summary>A whole number within the schema's bounds.</summary>
    public long Whole(IReadOnlyList<string> tokens, JsonElement schema, Subject subject)
    {
        if (IsMoment(tokens, schema))
        {
            var moment = subject.Times.Of(tokens);
            var millis = tokens.Any(word => word is "ms" or "millis" or "milliseconds") || Bound(schema, "minimum", "exclusiveMinimum", 1) > 1e11;
            return Fit(millis ? moment.ToUnixTimeMilliseconds() : moment.ToUnixTimeSeconds(), schema);
        }

        var (low, high) = Usual(tokens) ?? Example(schema) ?? (1, 500);
        var value = low + Math.Floor(random.NextDouble() * (high - low + 1));
        return Fit(value >= 1000 && high - low > 20_000 ? Math.Round(value / 100) * 100 : value, schema, low, high);
    }

    /// <summary>A number within the schema's bounds, with at most two places where it is money or a measure.</summary>
    public double Amount(IReadOnlyList<string> tokens, JsonElement schema, Subject subject)
    {
        if (tokens.Any(word => word is "latitude" or "lat"))
        {
            return Within(Math.Round(subject.Place(tokens).Latitude + (random.NextDouble() / 10), 5), schema);
        }

        if (tokens.Any(word => word is "longitude" or "lng" or "lon" or "long"))
        {
            return Within(Math.Round(subject.Place(tokens).Longitude + (random.NextDouble() / 10), 5), schema);
        }

        if (Step(schema) is { } step)
        {
            var (few, many) = Usual(tokens) ?? (1, 100);
            return Within(Math.Round((few + (random.NextDouble() * (many - few))) / step) * step, schema);
        }

        var (low, high) = Usual(tokens) ?? Example(schema) ?? (1, 500);
        var (least, most) = Bounds(schema);
        low = Math.Max(low, double.IsFinite(least) ? least : low);
        high = Math.Min(Math.Max(high, low), most);
        low = Math.Min(low, high);
        var value = Math.Round(low + (random.NextDouble() * (high - low)), high <= 1 ? 3 : 2);
        return Within(tokens.Any(word => word is "price" or "fee" or "rate" or "fare") && value > 5 && random.Chance(0.5) ? Math.Floor(value) + 0.9 : value, schema);
    }

    /// <summary>The magnitude that is usual for a name, or null.</summary>
    private static (double Low, double High)? Usual(IReadOnlyList<string> tokens)
    {
        if (tokens.Any(word => word is "percent" or "percentage" or "pct"))
        {
            return (5, 95);
        }

        if (tokens.Any(word => word is "page" or "pages"))
        {
            return (1, 50);
        }

        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            (double, double)? usual = tokens[i] switch
            {
                "year" => (1998, 2025),
                "month" => (1, 12),
                "day" or "days" => (1, 28),
                "hour" or "hours" => (1, 23),
                "minute" or "minutes" or "min" or "mins" or "duration" => (5, 120),
                "second" or "seconds" or "sec" or "secs" or "timeout" or "ttl" or "cooldown" or "delay" => (30, 900),
                "millisecond" or "milliseconds" or "ms" or "latency" => (20, 900),
                "age" => (18, 80),
                "rating" or "stars" or "score" => (1, 5),
                "floor" or "level" or "priority" or "severity" or "rank" or "position" or "order" or "index" => (1, 9),
                "quantity" or "qty" or "guests" or "seats" or "copies" or "participants" or "nights" or "rooms" or "passengers" or "adults" or "attempts" or "retries" => (1, 8),
                "count" or "counts" or "num" or "number" or "items" or "replicas" or "instances" or "views" or "likes" or "followers" => (0, 40),
                "capacity" or "stock" or "units" => (10, 200),
                "port" => (1024, 9999),
                "gb" or "gib" or "disk" or "storage" => (10, 500),
                "mb" or "mib" => (64, 2048),
                "bytes" or "byte" or "size" or "length" => (1_000, 900_000),
                "memory" or "ram" => (1024, 16_384),
                "vcpus" or "cpus" or "cpu" or "cores" or "gpus" => (1, 16),
                "width" or "height" => (200, 1920),
                "weight" => (0.2, 40),
                "temperature" => (12, 28),
                "distance" or "radius" or "km" or "miles" => (1, 80),
                "mileage" or "odometer" => (1000, 180_000),
                "percent" or "percentage" or "discount" or "progress" or "humidity" or "utilization" => (5, 95),
                "ratio" or "probability" or "confidence" or "fraction" => (0.05, 0.95),
                "tax" or "vat" => (1, 40),
                "rate" => (1, 25),
                "cents" => (499, 19_900),
                "salary" or "revenue" or "budget" or "income" => (24_000, 140_000),
                "price" or "amount" or "total" or "subtotal" or "cost" or "fee" or "fare" or "balance" or "value" or "payment" or "charge" or "deposit" => (5, 480),
                "limit" or "page" => (1, 50),
                "offset" => (0, 20),
                "latitude" or "lat" => (-55, 60),
                "longitude" or "lng" or "lon" => (-120, 140),
                _ => null,
            };
            if (usual is not null)
            {
                return usual;
            }
        }

        return null;
    }

    private static (double Low, double High)? Example(JsonElement schema)
    {
        var numbers = SchemaExamples.Of(schema).Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetDouble()).Where(value => Math.Abs(value) is > 0 and < 1e12).ToList();
        return numbers.Count == 0 ? null : (Math.Min(numbers.Min() / 2, numbers.Min() * 2), Math.Max(numbers.Max() / 2, numbers.Max() * 2));
    }

    private static bool IsMoment(IReadOnlyList<string> tokens, JsonElement schema) =>
        tokens[^1] is "at" or "timestamp" or "created" or "updated" or "modified" or "expires" or "epoch" or "ctime" or "mtime"
        || (tokens.Count > 1 && tokens[^1] is "time" or "date" or "on" && tokens[^2] is "start" or "end" or "creation" or "created" or "create" or "update" or "updated" or "modified" or "expiration"
            or "expiry" or "finish" or "insert" or "last" or "due" or "publish" or "published")
        || Bound(schema, "minimum", "exclusiveMinimum", 1) > 1e9;

    private long Fit(double value, JsonElement schema, double low = 0, double high = 0)
    {
        var (least, most) = Bounds(schema);
        least = Math.Ceiling(Math.Max(least, -9e15));
        most = Math.Floor(Math.Min(most, 9e15));
        if (value < least || value > most)
        {
            // The usual magnitude lies outside: a draw from what the schema allows, near its nearer end.
            var width = Math.Max(0, Math.Min(most - least, Math.Max(20, high - low)));
            var from = value < least ? least : most - width;
            value = from + Math.Floor(random.NextDouble() * (width + 1));
        }

        if (Step(schema) is { } step)
        {
            value = Math.Ceiling(value / step) * step is var up && up <= most ? up : Math.Floor(value / step) * step;
        }

        return (long)Math.Min(Math.Max(value, least), Math.Max(least, most));
    }

    private static double Within(double value, JsonElement schema)
    {
        var (least, most) = Bounds(schema);
        return value < least ? least : value > most ? most : value;
    }

    private static double? Step(JsonElement schema) =>
        schema.TryGetProperty("multipleOf", out var step) && step.ValueKind == JsonValueKind.Number && step.GetDouble() is > 0 and < 1e9 and var size ? size : null;

    /// <summary>The bounds as inclusive ones: an excluded bound is moved by a whole unit for integers, by a thousandth of the range otherwise.</summary>
    private static (double Least, double Most) Bounds(JsonElement schema)
    {
        var unit = ResultReader.TypeOf(schema) == "integer" ? 1 : 0.001;
        var least = Bound(schema, "minimum", "exclusiveMinimum", unit) ?? double.NegativeInfinity;
        var most = Bound(schema, "maximum", "exclusiveMaximum", -unit) ?? double.PositiveInfinity;
        return (least, most);
    }

    private static double? Bound(JsonElement schema, string keyword, string exclusive, double step)
    {
        double? bound = schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        if (!schema.TryGetProperty(exclusive, out var excluded))
        {
            return bound;
        }

        return excluded.ValueKind switch
        {
            JsonValueKind.True => bound + step,
            JsonValueKind.Number when bound is null => excluded.GetDouble() + step,
            JsonValueKind.Number => step > 0 ? Math.Max(bound.Value, excluded.GetDouble() + step) : Math.Min(bound.Value, excluded.GetDouble() + step),
            _ => bound,
        };
    }
}
