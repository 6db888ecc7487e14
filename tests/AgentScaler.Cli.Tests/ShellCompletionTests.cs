using System.Diagnostics;

namespace AgentScaler.Cli.Tests;

/// <summary>The scripts of <c>completion</c> in the shells they are for, as far as those are installed.</summary>
public sealed class ShellCompletionTests
{
    private const string Command = "agentscaler dataset dec", CommandMeant = "decontaminate";
    private const string Option = "agentscaler dataset masks ./campaign --temp", OptionMeant = "--template";
    private const string Word = "agentscaler dataset masks ./campaign --template ", WordMeant = "llama3 qwen3";

    [SkippableTheory]
    [InlineData(Command, CommandMeant)]
    [InlineData(Option, OptionMeant)]
    [InlineData(Word, WordMeant)]
    public Task Bash_UnfinishedLine_IsCompleted(string line, string expected) => CompletesAsync("bash", expected, $$"""
        agentscaler() { dotnet '{{Program}}' "$@"; }
        source <(agentscaler completion bash)
        complete -p agentscaler | grep -q -- '-F _agentscaler' || exit 1
        COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<< "$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        _agentscaler
        printf '%s\n' "${COMPREPLY[@]}"
        """);

    /// <summary>What zsh hands to a completion function is set by hand: the words, and what stands of the last one before the cursor.</summary>
    [SkippableTheory]
    [InlineData(Command, CommandMeant)]
    [InlineData(Option, OptionMeant)]
    [InlineData(Word, WordMeant)]
    public Task Zsh_UnfinishedLine_IsCompleted(string line, string expected) => CompletesAsync("zsh", expected, $$"""
        agentscaler() { dotnet '{{Program}}' "$@"; }
        compdef() { [[ "$*" == '_agentscaler agentscaler' ]] || exit 1; }
        compadd() { shift; print -rl -- "$@"; }
        _files() { :; }
        eval "$(agentscaler completion zsh)"
        line='{{line}}'
        words=(${=line}); [[ $line == *' ' ]] && words+=('')
        CURRENT=${#words}; PREFIX=${words[CURRENT]}
        _agentscaler
        """);

    [SkippableTheory]
    [InlineData(Command, CommandMeant)]
    [InlineData(Option, OptionMeant)]
    [InlineData("echo x | " + Option, OptionMeant)]
    [InlineData(Word, WordMeant)]
    public Task Fish_UnfinishedLine_IsCompleted(string line, string expected) => CompletesAsync("fish", expected, $$"""
        function agentscaler; dotnet '{{Program}}' $argv; end
        agentscaler completion fish | source
        complete -C '{{line}}'
        """);

    [SkippableFact]
    public Task Pwsh_Script_HasNoSyntaxError() => CompletesAsync("pwsh", "0 errors", $$"""
        $faults = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput((dotnet '{{Program}}' completion pwsh | Out-String), [ref]$null, [ref]$faults)
        "$($faults.Count) errors"
        """);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "agentscaler.dll");

    private static async Task CompletesAsync(string shell, string expected, string script)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists);
        Skip.If(found is null, $"there is no {shell} on the path: its completion is not tried");
        using var folder = new TemporaryFolder();
        var file = folder.Write("try." + (shell == "pwsh" ? "ps1" : shell), script);
        using var process = Process.Start(new ProcessStartInfo(found!, file) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n').Select(line => line.Trim()).ToList();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);

        // Some shells offer files beside the words.
        Assert.Equal(expected, string.Join(' ', expected.Split(' ').Contains(lines[0]) || shell == "pwsh" ? lines.Where(line => line.Length > 0) : lines.Where(expected.Split(' ').Contains)));
    }
}
