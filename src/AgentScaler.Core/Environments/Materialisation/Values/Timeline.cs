using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>The moments of one row's life, in order: created, updated, now; a start and an end; due and expiry ahead.</summary>
internal sealed class Timeline
{
    private readonly SeededRandom random;
    private readonly DateTimeOffset created;
    private readonly DateTimeOffset updated;
    private readonly DateTimeOffset start;
    private readonly DateTimeOffset end;
    private readonly DateTimeOffset due;
    private readonly DateTimeOffset expires;
    private readonly DateTimeOffset birth;

    /// <summary>Draws the moments.</summary>
    /// <param name="entity">What the row is: a job has run, a booking lies ahead.</param>
    public Timeline(string entity, DateTimeOffset now, SeededRandom random)
    {
        this.random = random;
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        created = today.AddDays(-random.Between(8, 400)).AddMinutes(random.Between(7 * 60, 20 * 60)).AddSeconds(random.Next(60));
        updated = created.AddMinutes(Math.Round((now - created).TotalMinutes * random.NextDouble() * 0.95));
        var ran = Words.Tokens(entity).Any(word => word is "job" or "run" or "operation" or "execution" or "build" or "log" or "session" or "backup" or "snapshot"
            or "deployment" or "import" or "export" or "sync" or "recording" or "call" or "report" or "incident" or "history" or "statement" or "usage" or "metric");
        start = ran
            ? today.AddDays(-random.Between(1, 7)).AddMinutes(random.Between(6 * 4, 20 * 4) * 15)
            : today.AddDays(random.Between(1, 25)).AddMinutes(random.Between(8 * 4, 17 * 4) * 15);
        end = ran ? start.AddMinutes(random.Between(2, 90)) : random.Chance(0.5) ? start.AddMinutes(random.Between(2, 12) * 15) : start.AddDays(random.Between(1, 10));
        due = today.AddDays(random.Between(2, 45)).AddHours(17);
        expires = today.AddDays(random.Between(40, 500)).AddHours(12);
        birth = today.AddDays(-random.Between(7300, 25_000));
    }

    /// <summary>The moment that a field's name speaks of.</summary>
    public DateTimeOffset Of(IReadOnlyList<string> tokens)
    {
        if (tokens.Contains("check"))
        {
            return tokens.Contains("out") ? end : start;
        }

        var tail = tokens.AsEnumerable().Reverse().Select(Kind).FirstOrDefault(moment => moment is not null);
        return tail ?? updated.AddMinutes(-Math.Floor((updated - created).TotalMinutes * random.NextDouble()));
    }

    private DateTimeOffset? Kind(string token) => token switch
    {
        "birth" or "dob" or "birthday" or "birthdate" => birth,
        "created" or "create" or "creation" or "opened" or "joined" or "registered" or "registration" or "issued" or "issue" or "published" or "placed" or "since" or "insert"
            or "inserted" or "added" or "submitted" or "uploaded" or "posted" or "sent" or "requested" or "ordered" or "enrolled" or "hired" or "first" or "purchase"
            or "purchased" or "signup" or "install" or "installed" or "invoice" or "activated" or "activation" => created,
        "updated" or "update" or "modified" or "modification" or "changed" or "edited" or "last" or "synced" or "completed" or "closed" or "deleted" or "resolved"
            or "accepted" or "approved" or "seen" or "login" or "accessed" or "refreshed" or "paid" or "delivered" or "received" or "read" or "confirmed" => updated,
        "start" or "starts" or "started" or "begin" or "begins" or "from" or "checkin" or "pickup" or "departure" or "depart" or "effective"
            or "scheduled" or "appointment" or "meeting" => start,
        "end" or "ends" or "ended" or "until" or "to" or "checkout" or "finish" or "finished" or "arrival" or "return" or "stop" or "dropoff" => end,
        "due" or "deadline" => due,
        "expires" or "expire" or "expiry" or "expiration" or "expired" or "valid" or "renewal" or "renews" => expires,
        _ => null,
    };
}
