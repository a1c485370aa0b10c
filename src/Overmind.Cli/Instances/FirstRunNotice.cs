using Overmind.Server;

namespace Overmind.Cli.Instances;

/// <summary>Hands over the first credentials: to a terminal, else into a file that only its owner reads, so that no log keeps them.</summary>
static class FirstRunNotice
{
    public static void Give(InstanceFolder folder, FirstRun made, bool toTerminal, TextWriter output)
    {
        var text = $"""
            Sign in with   {made.AdminEmail}
            Password       {made.AdminPassword ?? "as OVERMIND_ADMIN_PASSWORD has it"}
            API key        {made.ApiKey}

            """;
        if (toTerminal)
        {
            output.Write(text);
            return;
        }
        InstanceFolder.WritePrivate(folder.FirstRunFile, text);
        output.WriteLine($"How to sign in is in {folder.FirstRunFile}");
    }
}
