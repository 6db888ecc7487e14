namespace AgentScaler.Datasets.Validation;

/// <summary>The order of roles that chat templates and services take: system first if at all, user and assistant in turn, every call answered once right after it.</summary>
internal sealed class ChatOrder(RowExpectations expect)
{
    private readonly HashSet<string> open = new(StringComparer.Ordinal);
    private string[] next = ["system", "user"];
    private string? last;
    private bool calls;

    /// <summary>Starts where an assistant speaks next.</summary>
    public static ChatOrder ForOutput(RowExpectations expect) => new(expect) { next = ["assistant"] };

    /// <summary>The next message.</summary>
    /// <param name="made">Ids of the calls it makes.</param>
    /// <param name="answered">Id of the call that a tool message answers.</param>
    public void Next(string role, IReadOnlyList<string> made, string? answered, string path)
    {
        if (role == "tool")
        {
            if (answered is null || !open.Remove(answered))
            {
                expect.Fail(path, "expected the answer to a call that waits for one");
            }

            last = role;
            return;
        }

        Unanswered(path);
        if (!next.Contains(role, StringComparer.Ordinal))
        {
            expect.Fail(path + ".role", $"expected {string.Join(" or ", next)}, found '{role}'");
        }

        foreach (var id in made)
        {
            if (!open.Add(id))
            {
                expect.Fail(path + ".tool_calls", $"expected each id once, found '{id}' again");
            }
        }

        (last, calls) = (role, made.Count > 0);
        next = role is "system" || (role is "assistant" && !calls) ? ["user"] : ["assistant"];
    }

    /// <summary>The end of a conversation to learn from: the assistant's answer.</summary>
    public void EndWithAnswer(string path)
    {
        Unanswered(path);
        if (last != "assistant" || calls)
        {
            expect.Fail(path, $"expected the last message to be the assistant's answer, found one of '{last ?? "nobody"}'{(calls ? " that calls" : string.Empty)}");
        }
    }

    /// <summary>The end of a prompt: somebody whom the assistant answers.</summary>
    public void EndWithQuestion(string path)
    {
        Unanswered(path);
        if (last is not ("user" or "tool"))
        {
            expect.Fail(path, $"expected the last message to be the user's or a tool's, found one of '{last ?? "nobody"}'");
        }
    }

    private void Unanswered(string path)
    {
        foreach (var id in open.Order(StringComparer.Ordinal))
        {
            expect.Fail(path, $"expected an answer to the call '{id}' first");
        }

        open.Clear();
    }
}
