namespace Overmind.Postgres;

/// <summary>The database cannot be used as it is: <see cref="Exception.Message"/> says what is wrong, <see cref="Remedy"/> what to do about it.</summary>
public sealed class DatabaseSetupException(string message, string remedy, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>One sentence, or SQL for somebody with the rights.</summary>
    public string Remedy { get; } = remedy;
}
