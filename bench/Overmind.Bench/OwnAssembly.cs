namespace Overmind.Bench;

/// <summary>How this program is started again.</summary>
static class OwnAssembly
{
    /// <summary>Started by <c>dotnet Overmind.Bench.dll</c> the process is dotnet, otherwise the program itself.</summary>
    public static IEnumerable<string> Arguments =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OwnAssembly).Assembly.Location] : [];
}
