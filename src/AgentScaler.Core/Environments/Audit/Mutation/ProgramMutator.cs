using System.Globalization;
using Acornima;
using Acornima.Ast;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>
/// Makes the mutants of a program from its syntax tree: each one real program with one fault. Left out are those that the engine's check
/// refuses, and those that are the same program in other words where that is plain to see.
/// </summary>
internal sealed class ProgramMutator
{
    private const string Db = "db";

    private readonly EnvironmentSchema schema;
    private readonly PackageTool tool;
    private readonly string source;
    private readonly List<Mutant> mutants = [];
    private readonly HashSet<string> programs = new(StringComparer.Ordinal);

    private ProgramMutator(EnvironmentSchema schema, PackageTool tool)
    {
        this.schema = schema;
        this.tool = tool;
        source = tool.Program;
        programs.Add(source);
    }

    /// <summary>All mutants of a tool's program, in the order of the text.</summary>
    public static IReadOnlyList<Mutant> Of(EnvironmentSchema schema, PackageTool tool)
    {
        var mutator = new ProgramMutator(schema, tool);
        var script = new Parser(new ParserOptions { EcmaVersion = EcmaVersion.ES2023 }).ParseScript(tool.Program, null, strict: true);
        mutator.Visit(script, null, inMessage: false);
        return mutator.mutants;
    }

    private void Visit(Node node, Node? parent, bool inMessage)
    {
        if (!inMessage)
        {
            Mutate(node, parent);
        }

        foreach (var child in node.ChildNodes)
        {
            // What an error says in words is nobody's contract; its code is.
            Visit(child, node, inMessage || (node is CallExpression { Callee: MemberExpression { Property: Identifier { Name: "error" } } } call && call.Arguments.Count > 1 && call.Arguments[1] == child));
        }
    }

    private void Mutate(Node node, Node? parent)
    {
        switch (node)
        {
            case IfStatement check:
                Replace(MutationOperators.InvertedCheck, check.Test, $"!({Text(check.Test)})");
                if (Throws(check.Consequent) && check.Alternate is null)
                {
                    Replace(MutationOperators.DroppedCheck, check, ";");
                }

                break;
            case ConditionalExpression choice:
                Replace(MutationOperators.InvertedCheck, choice.Test, $"!({Text(choice.Test)})");
                break;
            case LogicalExpression { Operator: Operator.LogicalAnd or Operator.LogicalOr } logic:
                Between(MutationOperators.SwappedLogic, logic, logic.Operator == Operator.LogicalAnd ? "||" : "&&");
                break;
            case NonLogicalBinaryExpression binary:
                Binary(binary, parent);
                break;
            case CallExpression { Callee: MemberExpression { Computed: false, Property: Identifier method } callee } call:
                Call(call, callee, method.Name, parent);
                break;
            case ExpressionStatement { Expression: AssignmentExpression { Left: MemberExpression } } assignment:
                Replace(MutationOperators.DroppedAssignment, assignment, ";");
                break;
            case ObjectExpression value:
                Fields(value);
                break;
            case MemberExpression { Object: Identifier { Name: not (Db or "args" or "env") } } member:
                WrongField(member, parent);
                break;
            case Literal literal when !IsName(literal, parent):
                Constant(literal);
                break;
        }
    }

    private void Binary(NonLogicalBinaryExpression binary, Node? parent)
    {
        // The whole test of a check turned round is the inverted check.
        var isWholeTest = (parent is IfStatement check && check.Test == binary) || (parent is ConditionalExpression choice && choice.Test == binary);
        var swapped = binary.Operator switch
        {
            Operator.StrictEquality when !isWholeTest => "!==",
            Operator.StrictInequality when !isWholeTest => "===",
            Operator.LessThan => "<=",
            Operator.LessThanOrEqual => "<",
            Operator.GreaterThan => ">=",
            Operator.GreaterThanOrEqual => ">",
            _ => null,
        };
        if (swapped is not null)
        {
            Between(MutationOperators.SwappedComparison, binary, swapped);
        }

        var other = binary.Operator switch
        {
            Operator.Addition when !HasText(binary) => "-",
            Operator.Subtraction => "+",
            Operator.Multiplication => "/",
            Operator.Division => "*",
            _ => null,
        };
        if (other is not null)
        {
            Between(MutationOperators.SwappedArithmetic, binary, other);
        }
    }

    private void Call(CallExpression call, MemberExpression callee, string method, Node? parent)
    {
        var rows = Text(callee.Object);
        var arguments = call.Arguments.Select(Text).ToList();
        var collection = CollectionOf(callee.Object);
        switch (method, arguments.Count)
        {
            case ("insert", 1) when collection is not null:
                Replace(MutationOperators.DroppedWrite, call, $"Object.assign({{}}, {arguments[0]})");
                break;
            case ("update", 2) when collection is not null:
                Replace(MutationOperators.DroppedWrite, call, $"Object.assign({{}}, {rows}.get({arguments[0]}), {arguments[1]})");
                break;
            case ("delete", 1) when collection is not null:
                Replace(MutationOperators.DroppedWrite, call, $"({rows}.get({arguments[0]}) !== undefined)");
                break;
            case ("filter" or "sort" or "toSorted" or "reverse" or "toReversed", _) when parent is not ExpressionStatement:
                Replace(MutationOperators.SkippedFilter, call, rows);
                break;
            case ("sort" or "reverse", _):
                Replace(MutationOperators.SkippedFilter, call, rows);
                break;
            case ("where", 1) when collection is not null && call.Arguments[0] is not ObjectExpression { Properties.Count: 0 }:
                Replace(MutationOperators.SkippedFilter, call, $"{rows}.all()");
                break;
            case ("slice", _):
                foreach (var argument in call.Arguments.Where(argument => argument is not Literal))
                {
                    Replace(MutationOperators.OffByOne, argument, $"({Text(argument)}) + 1");
                }

                break;
        }

        if (collection is not null && method is "get" or "update" or "delete" && arguments.Count > 0)
        {
            var key = Js.Member("other", collection!.Key);
            Replace(MutationOperators.WrongKey, call.Arguments[0], $"{Js.Member($"({rows}.find((other) => String({key}) !== String({arguments[0]})) ?? {{}})", collection.Key)}");
        }
    }

    private void Fields(ObjectExpression value)
    {
        for (var i = 0; i < value.Properties.Count; i++)
        {
            if (value.Properties[i] is not ObjectProperty { Computed: false } property || IsNeverThere(property))
            {
                continue;
            }

            // With its comma, so that the rest stays a list.
            var start = property.Start;
            var end = i + 1 < value.Properties.Count ? value.Properties[i + 1]!.Start : property.End;
            start = i + 1 == value.Properties.Count && i > 0 ? value.Properties[i - 1]!.End : start;
            Replace(MutationOperators.DroppedField, start, end, "", property.Location.Start.Line);
        }
    }

    /// <summary>A new row has no value in a field that its program never names elsewhere: leaving it out of the result is no fault.</summary>
    private bool IsNeverThere(ObjectProperty property) =>
        tool.Binding.Kind == OperationKind.Create && property.Value is MemberExpression { Computed: false, Object: Identifier { Name: not "args" }, Property: Identifier field }
        && !source.Contains("...", StringComparison.Ordinal)
        && !source.Contains("." + field.Name + " =", StringComparison.Ordinal) && Occurrences(source, field.Name) <= Occurrences(Text(property), field.Name);

    private void WrongField(MemberExpression member, Node? parent)
    {
        var name = member switch
        {
            { Computed: false, Property: Identifier named } => named.Name,
            { Computed: true, Property: StringLiteral text } => text.Value,
            _ => null,
        };
        var isTarget = parent is AssignmentExpression assignment && assignment.Left == member;
        var isCall = parent is CallExpression call && call.Callee == member;
        if (name is null || isCall || isTarget || schema.Find(tool.Binding.Collection) is not { } collection || collection.Fields.FirstOrDefault(field => field.Name == name) is not { } field)
        {
            return;
        }

        var same = collection.Fields.Where(other => ResultReader.TypeOf(other.Type) == ResultReader.TypeOf(field.Type)).ToList();
        if (same.Count > 1)
        {
            Replace(MutationOperators.WrongField, member, Js.Member(Text(member.Object), same[(same.IndexOf(field) + 1) % same.Count].Name));
        }
    }

    private void Constant(Literal literal)
    {
        var changed = literal switch
        {
            NumericLiteral number => (number.Value + 1).ToString("R", CultureInfo.InvariantCulture),
            BooleanLiteral flag => flag.Value ? "false" : "true",
            StringLiteral text => Js.Text(text.Value + "x"),
            _ => null,
        };
        if (changed is not null)
        {
            Replace(MutationOperators.ChangedConstant, literal, changed);
        }
    }

    /// <summary>Whether a literal is the name of a member, or the directive of a function: those are others' business.</summary>
    private static bool IsName(Literal literal, Node? parent) => parent is Directive
        || (parent is Property property && property.Key == literal && !property.Computed)
        || (parent is MemberExpression member && member.Property == literal && literal is StringLiteral);

    /// <summary>The collection that an expression is, where it is written out: <c>db.books</c>.</summary>
    private CollectionSpec? CollectionOf(Expression expression) => expression is MemberExpression { Object: Identifier { Name: Db } } member
        ? schema.Find(member.Property switch { Identifier named when !member.Computed => named.Name, StringLiteral text => text.Value, _ => "" })
        : null;

    private static bool Throws(Statement statement) =>
        statement is ThrowStatement or BlockStatement { Body: [ThrowStatement] };

    private static bool HasText(Node node) => node is StringLiteral or TemplateLiteral || (node is BinaryExpression binary && (HasText(binary.Left) || HasText(binary.Right)));

    private static int Occurrences(string text, string word)
    {
        var count = 0;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private void Between(string name, BinaryExpression binary, string replacement) => Replace(
        name, binary.Start, binary.End, $"(({Text(binary.Left)}) {replacement} ({Text(binary.Right)}))", binary.Location.Start.Line);

    private void Replace(string name, Node node, string replacement) => Replace(name, node.Start, node.End, replacement, node.Location.Start.Line);

    private void Replace(string name, int start, int end, string replacement, int line)
    {
        var program = string.Concat(source.AsSpan(0, start), replacement, source.AsSpan(end));
        if (!programs.Add(program))
        {
            return;
        }

        try
        {
            ProgramCheck.Check(PackageFiles.Program(tool.Name), program);
            mutants.Add(new Mutant(name, line, source[start..end], replacement, program));
        }
        catch (PackageException)
        {
            // No program at all: nobody could run it, so there is nothing to notice.
        }
    }

    private string Text(Node node) => source[node.Start..node.End];
}
