using System.CommandLine;
using AgentScaler.Cli.Output;

namespace AgentScaler.Cli.Commands;

/// <summary><c>completion</c>: what a shell needs to complete this command line; each asks the program itself what may follow.</summary>
internal static class CompletionCommand
{
    private enum ShellKind
    {
        Bash,
        Zsh,
        Fish,
        Pwsh,
    }

    public static Command Create(Shell shell)
    {
        var kind = new Argument<ShellKind>("shell")
        {
            Description = "bash, zsh, fish or pwsh",
            HelpName = "bash|zsh|fish|pwsh",
        };
        kind.CompletionSources.Clear();
        kind.CompletionSources.Add("bash", "zsh", "fish", "pwsh");
        var command = new Command(
            "completion",
            """
            Print a script that completes commands and options in a shell

            Examples:
              source <(agentscaler completion bash)                                   # or in ~/.bashrc
              agentscaler completion zsh > ~/.zfunc/_agentscaler                      # with ~/.zfunc in fpath
              agentscaler completion fish > ~/.config/fish/completions/agentscaler.fish
              agentscaler completion pwsh | Out-String | Invoke-Expression            # or in $PROFILE
            """)
        {
            kind,
        };
        command.SetAction(parse =>
        {
            var script = Script(parse.GetValue(kind));
            if (shell.WantsJson(parse))
            {
                shell.WriteJson(new { Shell = parse.GetValue(kind).ToString().ToLowerInvariant(), Script = script });
            }
            else
            {
                shell.WriteText(script);
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static string Script(ShellKind kind) => kind switch
    {
        ShellKind.Bash => """
            _agentscaler() {
                local IFS=$'\n'
                local words
                words="$(agentscaler "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" || return
                COMPREPLY=( $(compgen -W "${words}" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _agentscaler agentscaler
            """,
        ShellKind.Zsh => """
            #compdef agentscaler
            _agentscaler() {
                local line="agentscaler ${(j: :)words[2,CURRENT-1]} ${PREFIX}"
                local -a words_found
                words_found=("${(@f)$(agentscaler "[suggest:${#line}]" "${line}" 2>/dev/null)}")
                compadd -- ${words_found:#}
                _files
            }
            if [ "${funcstack[1]}" = "_agentscaler" ]; then _agentscaler "$@"; else compdef _agentscaler agentscaler; fi
            """,
        ShellKind.Fish => """
            function __agentscaler_complete
                set -l line (commandline -cp | string trim --left | string collect)
                agentscaler "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c agentscaler -a '(__agentscaler_complete)'
            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName agentscaler -ScriptBlock {
                param($word, $line, $cursor)
                agentscaler "[suggest:$cursor]" "$line" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };
}
