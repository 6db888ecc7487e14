namespace AgentScaler.Environments.Packages;

/// <summary>How the values of an environment behave: in rows, arguments and results, and in its programs.</summary>
public enum ValueRules
{
    /// <summary>JSON's own: 10 and 10.0 are one number, the order of keys means nothing, rows come in the order of their keys.</summary>
    Json,

    /// <summary>
    /// Those of Python code that reads and writes JSON: 10 and 10.0 are two values, keys keep the order they came in, rows the order they were given in, and
    /// texts are those of <c>json.dumps</c>. Programs find Python's operators and functions as <c>env.python</c>.
    /// </summary>
    Python,
}
