namespace Overmind.Cli;

/// <summary>A verb cannot do what it was asked.</summary>
/// <param name="code">Stable name of the failure, lower snake case.</param>
/// <param name="message">One line: what is wrong.</param>
/// <param name="remedy">One line: what to do.</param>
sealed class CliException(string code, string message, string remedy) : Exception(message)
{
    public string Code { get; } = code;

    public string Remedy { get; } = remedy;

    /// <summary>1 unless set; 2 for wrong use.</summary>
    public int ExitCode { get; init; } = 1;
}
