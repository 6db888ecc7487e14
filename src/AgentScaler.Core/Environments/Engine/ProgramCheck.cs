using System.Collections.Frozen;
using Acornima;
using Acornima.Ast;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// The static check of a tool program: exactly one function, without outer state, without the means to make code from text. What it rejects would be
/// stopped or powerless in the sandbox too; here it gets a place in the file.
/// </summary>
internal static class ProgramCheck
{
    private static readonly FrozenSet<string> Globals = FrozenSet.ToFrozenSet(
        [
            "Array", "Boolean", "Error", "EvalError", "Infinity", "JSON", "Map", "Math", "NaN", "Number", "Object", "RangeError", "ReferenceError", "RegExp",
            "Set", "String", "SyntaxError", "TypeError", "URIError", "isFinite", "isNaN", "parseFloat", "parseInt", "undefined",
        ],
        StringComparer.Ordinal);

    /// <summary>Parses and checks one program.</summary>
    /// <param name="file">Its name within the package, for messages.</param>
    /// <exception cref="PackageException">It is not an admissible program; the place is its line and column.</exception>
    public static CheckedProgram Check(string file, string source)
    {
        var parser = new Parser(new ParserOptions
        {
            EcmaVersion = EcmaVersion.ES2023,
            OnNode = (Node node, in OnNodeContext context) =>
            {
                if (context.HasScope)
                {
                    node.UserData = Declared(context.Scope);
                }
            },
        });
        try
        {
            var script = parser.ParseScript(source, file, strict: true);
            var function = TopFunction(file, script);
            var references = new References(file, function);
            references.Visit(script);
            return new CheckedProgram(source[function.Start..function.End], references.NamesIds);
        }
        catch (ParseErrorException e)
        {
            throw new PackageException(file, $"line {e.LineNumber}, column {e.Column + 1}", "expected a JavaScript function: " + e.Description, e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new PackageException(file, "line 1, column 1", "the program is nested too deeply", e);
        }
    }

    private static Node TopFunction(string file, Script script)
    {
        var statements = script.Body.Where(statement => statement is not (EmptyStatement or Directive)).ToArray();
        if (statements.Length != 1)
        {
            throw Reject(file, statements.Length == 0 ? script : statements[1], "expected exactly one function (db, args, env) and nothing beside it");
        }

        Node node = statements[0] is ExpressionStatement { Expression: var expression } ? expression : statements[0];
        if (node is not (FunctionDeclaration or FunctionExpression or ArrowFunctionExpression))
        {
            throw Reject(file, node, "expected a function (db, args, env)");
        }

        return ((IFunction)node).Params.Count <= 3 ? node : throw Reject(file, node, "expected at most three parameters (db, args, env)");
    }

    private static HashSet<string> Declared(in Scope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in new[] { scope.VarVariables.ToArray(), scope.LexicalVariables.ToArray(), scope.Functions.ToArray() })
        {
            names.UnionWith(list.Select(identifier => identifier.Name));
        }

        return names;
    }

    private static PackageException Reject(string file, Node node, string message) =>
        new(file, $"line {node.Location.Start.Line}, column {node.Location.Start.Column + 1}", message);

    /// <summary>Resolves every name to a declaration within the program or to an admitted global.</summary>
    private sealed class References(string file, Node top) : AstVisitor
    {
        private readonly Stack<HashSet<string>> scopes = new();
        private int ownThis;

        public bool NamesIds { get; private set; }

        public override object? Visit(Node node)
        {
            var own = node switch
            {
                FunctionExpression { Id: { } id } => id.Name,
                ClassExpression { Id: { } id } => id.Name,
                _ => null,
            };
            if (node is IFunction { Async: true } or IFunction { Generator: true })
            {
                throw Reject(file, node, "a program can't be or hold an async function or a generator");
            }

            var bindsThis = node != top && node is (FunctionDeclaration or FunctionExpression or ClassBody);
            ownThis += bindsThis ? 1 : 0;
            if (own is not null)
            {
                scopes.Push([own]);
            }

            if (node.UserData is HashSet<string> declared)
            {
                scopes.Push(declared);
            }

            var result = base.Visit(node);
            if (node.UserData is HashSet<string>)
            {
                scopes.Pop();
            }

            if (own is not null)
            {
                scopes.Pop();
            }

            ownThis -= bindsThis ? 1 : 0;
            return result;
        }

        protected override object? VisitIdentifier(Identifier node)
        {
            if (node.Name is "eval" or "Function" or "globalThis" or "EngineInternal")
            {
                throw Reject(file, node, $"a program can't use {node.Name}");
            }

            if (!Globals.Contains(node.Name) && !IsDeclared(node.Name) && !(node.Name == "arguments" && (ownThis > 0 || top is not ArrowFunctionExpression)))
            {
                throw Reject(file, node, $"'{node.Name}' is neither declared in the function nor an admitted global");
            }

            return base.VisitIdentifier(node);
        }

        protected override object? VisitMemberExpression(MemberExpression node)
        {
            Visit(node.Object);
            if (node.Computed)
            {
                Visit(node.Property);
            }
            else if (node.Property is Identifier { Name: "newId" })
            {
                NamesIds = true;
            }

            return node;
        }

        protected override object? VisitObjectProperty(ObjectProperty node)
        {
            if (node.Computed)
            {
                Visit(node.Key);
            }

            Visit(node.Value);
            return node;
        }

        protected override object? VisitAssignmentProperty(AssignmentProperty node)
        {
            if (node.Computed)
            {
                Visit(node.Key);
            }
            else if (node.Key is Identifier { Name: "newId" })
            {
                NamesIds = true;
            }

            Visit(node.Value);
            return node;
        }

        protected override object? VisitMethodDefinition(MethodDefinition node)
        {
            if (node.Computed)
            {
                Visit(node.Key);
            }

            Visit(node.Value);
            return node;
        }

        protected override object? VisitPropertyDefinition(PropertyDefinition node)
        {
            if (node.Computed)
            {
                Visit(node.Key);
            }

            if (node.Value is not null)
            {
                Visit(node.Value);
            }

            return node;
        }

        protected override object? VisitAssignmentExpression(AssignmentExpression node)
        {
            if (node.Left is Identifier target)
            {
                RequireDeclared(target);
            }

            return base.VisitAssignmentExpression(node);
        }

        protected override object? VisitUnaryExpression(UnaryExpression node)
        {
            if (node is UpdateExpression { Argument: Identifier target })
            {
                RequireDeclared(target);
            }

            return base.VisitUnaryExpression(node);
        }

        protected override object? VisitThisExpression(ThisExpression node) =>
            ownThis > 0 ? node : throw Reject(file, node, "a program has no this");

        protected override object? VisitImportExpression(ImportExpression node) => throw Reject(file, node, "a program can't import");

        protected override object? VisitBreakStatement(BreakStatement node) => node;

        protected override object? VisitContinueStatement(ContinueStatement node) => node;

        protected override object? VisitLabeledStatement(LabeledStatement node)
        {
            Visit(node.Body);
            return node;
        }

        protected override object? VisitMetaProperty(MetaProperty node) => node;

        private void RequireDeclared(Identifier target)
        {
            if (!IsDeclared(target.Name))
            {
                throw Reject(file, target, $"assignment to '{target.Name}', which the function does not declare");
            }
        }

        private bool IsDeclared(string name)
        {
            foreach (var scope in scopes)
            {
                if (scope.Contains(name))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
